namespace RpcStore.Client.Bulk;

/// <summary>Adds up what moves and tells it on. Thread-safe.</summary>
internal sealed class ProgressCounter(IProgress<TransferProgress>? target)
{
    private long items;
    private long totalItems;
    private long bytes;
    private long totalBytes;
    private volatile bool totalsAreFinal;

    /// <summary>Bytes that were moved so far.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>More is known of what will move.</summary>
    public void Expect(long moreItems, long moreBytes)
    {
        Interlocked.Add(ref totalItems, moreItems);
        Interlocked.Add(ref totalBytes, moreBytes);
        Report();
    }

    /// <summary>All is known of what will move.</summary>
    public void ExpectNoMore()
    {
        totalsAreFinal = true;
        Report();
    }

    /// <summary>Bytes moved; negative takes back what has to be moved again.</summary>
    public void Move(long moreBytes)
    {
        Interlocked.Add(ref bytes, moreBytes);
        Report();
    }

    /// <summary>Blobs are done.</summary>
    public void Complete(long moreItems)
    {
        Interlocked.Add(ref items, moreItems);
        Report();
    }

    private void Report() => target?.Report(new TransferProgress(
        Interlocked.Read(ref items),
        Interlocked.Read(ref totalItems),
        Interlocked.Read(ref bytes),
        Interlocked.Read(ref totalBytes),
        totalsAreFinal));
}

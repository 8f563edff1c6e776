using System.Net;

namespace RpcStore.EndToEnd.Faults;

/// <summary>A body that stops in the middle until it may go on.</summary>
internal sealed class PausedContent(byte[] bytes, int before) : HttpContent
{
    private readonly TaskCompletionSource resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets it go on.</summary>
    public void Resume() => resumed.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(bytes.AsMemory(0, before));
        await stream.FlushAsync();
        await resumed.Task;
        await stream.WriteAsync(bytes.AsMemory(before));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        Resume();
        base.Dispose(disposing);
    }
}

namespace RpcStore.Core.Blobs.Index;

/// <summary>
/// Marks an index so that the next start can tell whether what it holds is right. Whoever calls has locked the index.
/// </summary>
/// <param name="boot">Which boot of the machine this is.</param>
internal sealed class IndexTrust(Guid boot)
{
    private int unnoted;
    private bool isInDoubt;

    /// <summary>In which boot of the machine the file can be trusted if the process dies now.</summary>
    private Guid TrustedBoot => unnoted == 0 && !isInDoubt ? boot : Guid.Empty;

    /// <summary>Marks a file as in use.</summary>
    public void Mark(IndexFile file)
    {
        ref var header = ref file.Header;
        header.IsClean = 0;
        header.Boot = TrustedBoot;

        // Before any slot changes, so that a machine that dies finds the mark, not an old "clean".
        file.Flush();
    }

    /// <summary>One more, or one less, change is under way that was not noted beforehand.</summary>
    public void CountUnnoted(IndexFile file, int change)
    {
        unnoted += change;
        file.Header.Boot = TrustedBoot;
    }

    /// <summary>The disk lost something that was written.</summary>
    public void Doubt(IndexFile file)
    {
        try
        {
            isInDoubt = true;
            file.Header.Boot = Guid.Empty;
            file.Flush();
        }
        catch (StoreException)
        {
            // The flush that failed before is told. This one was to get the mark out while the disk still takes something.
        }
    }

    /// <summary>Marks a file as closed in order, unless it is in doubt.</summary>
    public void Close(IndexFile file)
    {
        file.Flush();
        file.Header.IsClean = isInDoubt ? 0 : 1;
        file.Flush();
    }
}

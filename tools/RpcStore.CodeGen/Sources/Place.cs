namespace RpcStore.CodeGen.Sources;

/// <summary>Where something stands in the authored contract, so that a refusal can name it.</summary>
/// <param name="File">The file, relative to the root of the repository.</param>
/// <param name="Pointer">A JSON Pointer (RFC 6901) into it.</param>
public readonly record struct Place(string File, string Pointer)
{
    /// <summary>The place of a member of the object here.</summary>
    public Place Member(string name) =>
        this with { Pointer = $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}" };

    /// <summary>The place of an item of the array here.</summary>
    public Place Item(int index) => this with { Pointer = $"{Pointer}/{index}" };

    /// <inheritdoc/>
    public override string ToString() => $"{File}#{Pointer}";
}

namespace RpcStore.CodeGen.Compatibility;

/// <summary>Something that clients of the older document relied on and the newer one does not give.</summary>
/// <param name="Subject">What it is about: a method, a route, an error, or a place inside one, such as <c>blobs.list params.limit</c>.</param>
/// <param name="Text">What is different.</param>
public sealed record BreakingChange(string Subject, string Text)
{
    /// <summary>On one line: what <c>spec/changes</c> names to accept it.</summary>
    public override string ToString() => $"{Subject}: {Text}";
}

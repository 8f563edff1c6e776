namespace RpcStore.CodeGen.Reference;

/// <summary>An example of the contract in one language.</summary>
/// <param name="Key">The language, in a word for programs.</param>
/// <param name="Title">The language, for people.</param>
/// <param name="Fence">The word that Markdown has for it behind the fence.</param>
/// <param name="Text">The lines.</param>
internal sealed record Snippet(string Key, string Title, string Fence, string Text);

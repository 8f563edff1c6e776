namespace RpcStore.Cli.Output;

/// <summary>A column of rows.</summary>
/// <param name="Title">Its heading in tables.</param>
/// <param name="Plain">Its value for programs: exact.</param>
internal sealed record Column<T>(string Title, Func<T, string> Plain)
{
    /// <summary>Its value for a person.</summary>
    public Func<T, string> Human { get; init; } = Plain;

    /// <summary>
    /// Characters that a table keeps for it. Rows are printed as they come, so the width cannot follow them; a longer value
    /// pushes the rest of its row aside.
    /// </summary>
    public int Width { get; init; } = Title.Length;

    /// <summary>Whether it is a number, which stands on the right.</summary>
    public bool IsNumber { get; init; }
}

using RpcStore.Core.Catalog;

namespace RpcStore.Cli.Commands.Catalog;

/// <summary>Finds the catalog of a data directory.</summary>
internal static class CatalogPath
{
    /// <summary>Its full path.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string In(string directory)
    {
        var path = Path.Combine(directory, CatalogDatabase.FileName);
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"there is no {path}: name the data directory of a server that ran with --data");
    }
}

using System.Runtime.InteropServices;
using SQLitePCL;

namespace RpcStore.Core.Catalog;

/// <summary>
/// The SQLite of the system: patched by whoever maintains the machine, unlike one that a package brings along
/// (spec/decisions/0020-sqlite-of-the-system.md).
/// </summary>
internal static class SqliteLibrary
{
    /// <summary>The name that Linux knows it by, whatever its version.</summary>
    public const string Name = "libsqlite3.so.0";

    // RETURNING came with 3.35 (2021); it is the newest thing that the domains use.
    private const int MinimumVersion = 3_035_000;

    private static readonly Lock Gate = new();
    private static bool isLoaded;

    /// <summary>Makes it ready for use; does nothing the second time.</summary>
    /// <exception cref="StoreException"><see cref="Fault.Unavailable"/>: it is missing, or too old. The message says what to install.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (!isLoaded)
            {
                LoadOnce();
                isLoaded = true;
            }

            if (raw.sqlite3_libversion_number() < MinimumVersion)
            {
                throw Unusable($"SQLite {raw.sqlite3_libversion().utf8_to_string()} is too old; 3.35 or newer is needed.");
            }
        }
    }

    /// <summary>Finds a library of the system.</summary>
    public static nint Require(string name) =>
        NativeLibrary.TryLoad(name, out var library) ? library : throw Unusable($"The library {name} is missing.");

    private static void LoadOnce()
    {
        var library = Require(Name);

        // The provider imports "e_sqlite3", the name of the build that its own package would bring.
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (_, _, _) => library);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
    }

    private static StoreException Unusable(string what) =>
        new(Fault.Unavailable, $"{what} Install the Debian package libsqlite3-0.")
        {
            Details = new Dictionary<string, object> { ["reason"] = "libsqlite3-0" },
        };
}

using System.Globalization;

namespace RpcStore.Benchmarks;

/// <summary>What to measure, and where files may go. Immutable.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage = """
        tools/bench [calls] [has] [batches] [start] [journal] [sites] [import] [rust] [options]

          --quick         shorter rounds, 100,000 blobs for 'has', no 4 GiB blob
          --blobs N       blobs in the store of 'has'; default 1,000,000. The store is made once and kept
          --rounds N      rounds of which the median counts; default 3
          --seconds S     how long each of 'calls' and 'has' is measured in a round; default 1
          --only TEXT     of 'calls', 'batches' and 'rust', only what has this in its name, such as 'WebSocket' or '16 KiB'
          --folder DIR    where stores go; default artifacts/bench
          --json FILE     default DIR/results.json
        """;

    private static readonly string[] AllGroups = ["calls", "has", "batches", "start", "journal", "sites", "import", "rust"];

    public IReadOnlyList<string> Groups { get; init; } = AllGroups;

    public bool Quick { get; init; }

    public int Blobs { get; init; } = 1_000_000;

    public int Rounds { get; init; } = 3;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(1);

    public string Only { get; init; } = "";

    /// <summary>On the disk that is to be measured.</summary>
    public string Folder { get; init; } = Path.Combine(Root, "artifacts", "bench");

    public string JsonPath { get; init; } = "";

    /// <summary>The top of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The server as it is built for use.</summary>
    public static string Command { get; } = Path.Combine(Root, "artifacts", "rpcstore", "rpcstore");

    /// <summary>Null when the arguments make no sense.</summary>
    public static BenchmarkOptions? Parse(string[] args)
    {
        var options = new BenchmarkOptions();
        var groups = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var next = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--quick":
                    options = options with { Quick = true, Blobs = 100_000, Rounds = 1, Duration = TimeSpan.FromSeconds(0.5) };
                    continue;
                case "--blobs" when int.TryParse(next, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var blobs) && blobs >= 10_000:
                    options = options with { Blobs = blobs };
                    break;
                case "--rounds" when int.TryParse(next, out var rounds) && rounds > 0:
                    options = options with { Rounds = rounds };
                    break;
                case "--seconds" when double.TryParse(next, CultureInfo.InvariantCulture, out var seconds) && seconds > 0:
                    options = options with { Duration = TimeSpan.FromSeconds(seconds) };
                    break;
                case "--only" when next.Length > 0:
                    options = options with { Only = next };
                    break;
                case "--folder" when next.Length > 0:
                    options = options with { Folder = Path.GetFullPath(next) };
                    break;
                case "--json" when next.Length > 0:
                    options = options with { JsonPath = Path.GetFullPath(next) };
                    break;
                case var group when AllGroups.Contains(group):
                    groups.Add(group);
                    continue;
                default:
                    return null;
            }

            i++;
        }

        return options with
        {
            Groups = groups.Count > 0 ? groups : options.Groups,
            JsonPath = options.JsonPath.Length > 0 ? options.JsonPath : Path.Combine(options.Folder, "results.json"),
        };
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RpcStore.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The benchmarks run from a checkout only.");
        }

        return folder;
    }
}

using System.IO.Compression;

namespace RpcStore.Core.Tar;

/// <summary>Unpacks gzip (RFC 1952, members in a row included), and takes data that stop early for broken.</summary>
/// <remarks>
/// Unless told otherwise, the framework takes data that end in the middle for data that end: a tar that was cut between two
/// entries would pass for a whole one. The switch is the process's, and is read when the first stream is unpacked
/// (spec/decisions/0003-strict-gzip.md).
/// </remarks>
internal static class StrictGzip
{
    static StrictGzip() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>Reads the unpacked bytes of a stream; disposing it disposes the stream.</summary>
    /// <remarks>Reading throws <see cref="InvalidDataException"/> when the data are broken.</remarks>
    public static Stream Open(Stream packed) => new GZipStream(packed, CompressionMode.Decompress);
}

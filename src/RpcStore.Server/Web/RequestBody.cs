using System.Buffers;
using System.IO.Pipelines;

namespace RpcStore.Server.Web;

/// <summary>Reads bodies that have to be in memory whole.</summary>
internal static class RequestBody
{
    /// <summary>Reads to the end.</summary>
    /// <param name="input">The body.</param>
    /// <param name="maximum">Bytes at the most.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>A copy of the body, or null when it is longer.</returns>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadWholeAsync(
        this PipeReader input, long maximum, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            if (result.Buffer.Length > maximum)
            {
                return null;
            }

            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                input.AdvanceTo(result.Buffer.End);
                return body;
            }

            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}

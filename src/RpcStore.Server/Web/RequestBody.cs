using System.Buffers;
using System.IO.Pipelines;
using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Server.Web;

/// <summary>Reads bodies that have to be in memory whole.</summary>
internal static class RequestBody
{
    /// <summary>Reads to the end.</summary>
    /// <param name="input">The body.</param>
    /// <param name="maximum">Bytes at the most.</param>
    /// <param name="patience">How long it may take: the limit <c>messageSeconds</c>.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>A copy of the body, or null when it is longer.</returns>
    /// <exception cref="RpcException">It took longer.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadWholeAsync(
        this PipeReader input, long maximum, TimeSpan patience, CancellationToken cancellationToken)
    {
        Timer? timer = null;
        try
        {
            while (true)
            {
                var read = input.ReadAsync(cancellationToken);
                if (!read.IsCompleted)
                {
                    // Most bodies are here whole, and need none.
                    timer ??= new Timer(static reader => ((PipeReader)reader!).CancelPendingRead(), input, patience, Timeout.InfiniteTimeSpan);
                }

                var result = await read;
                if (result.IsCanceled)
                {
                    throw new RpcException(ContractErrors.InvalidRequest(
                        $"The body took longer than {patience.TotalSeconds} seconds (messageSeconds).", "too slow"));
                }

                if (result.Buffer.Length > maximum)
                {
                    // The rest is passed over once the answer is out.
                    input.AdvanceTo(result.Buffer.End);
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
        finally
        {
            timer?.Dispose();
        }
    }
}

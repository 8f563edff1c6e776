using System.Text.Json.Serialization.Metadata;
using RpcStore.JsonRpc;

namespace RpcStore.Contract.Parameters;

/// <summary>Sends what a service reports as <c>$/progress</c> notifications of a call. May be used from any thread.</summary>
/// <param name="context">The call.</param>
/// <param name="token">The token that the caller gave.</param>
/// <param name="type">How a value is written.</param>
public sealed class CallProgress<T>(CallContext context, ProgressToken token, JsonTypeInfo<T> type) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => context.ReportProgress(token, value, type);

    /// <summary>Sends a value unless it would be dropped, as <see cref="CallContext.ReportProgress{T}"/> says.</summary>
    /// <returns>Whether it is on its way.</returns>
    public bool TryReport(T value) => context.ReportProgress(token, value, type);
}

using System.Text.Json.Serialization.Metadata;
using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Client.Connections;

/// <summary>What carries calls over one kind of connection.</summary>
internal interface IRpcTransport : IRpcInvoker, IAsyncDisposable
{
    /// <summary>
    /// Calls a method whose parameters hold a progress token that the caller chose. Otherwise as
    /// <see cref="IRpcInvoker.InvokeAsync{TParams, TResult, TProgress}"/>.
    /// </summary>
    ValueTask<TResult> InvokeAsync<TParams, TResult, TProgress>(
        string method,
        TParams parameters,
        JsonTypeInfo<TParams> parametersType,
        JsonTypeInfo<TResult> resultType,
        ProgressToken token,
        IProgress<TProgress> progress,
        JsonTypeInfo<TProgress> progressType,
        CancellationToken cancellationToken);
}

using System.Text.Json.Serialization.Metadata;
using RpcStore.Client.Http;
using RpcStore.JsonRpc;

namespace RpcStore.Client.Connections;

/// <summary>Each call is a <c>POST /rpc</c> of its own (spec/connections.md, section 5). There is no way back for progress.</summary>
internal sealed class HttpTransport(ServerHttp http, int maxMessageBytes) : IRpcTransport
{
    /// <inheritdoc/>
    public async ValueTask<TResult> InvokeAsync<TParams, TResult>(
        string method,
        TParams parameters,
        JsonTypeInfo<TParams> parametersType,
        JsonTypeInfo<TResult> resultType,
        CancellationToken cancellationToken)
    {
        using var request = HttpCall.Create(method, parameters, parametersType);
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await http.ThrowUnlessSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        var body = await http.ReadAllAsync(response, maxMessageBytes, cancellationToken).ConfigureAwait(false);
        try
        {
            return HttpCall.ReadReply(body, resultType);
        }
        catch (RpcException e)
        {
            throw http.Explain(e);
        }
    }

    /// <inheritdoc/>
    public ValueTask<TResult> InvokeAsync<TParams, TResult, TProgress>(
        string method,
        Func<ProgressToken?, TParams> parameters,
        JsonTypeInfo<TParams> parametersType,
        JsonTypeInfo<TResult> resultType,
        IProgress<TProgress>? progress,
        JsonTypeInfo<TProgress> progressType,
        CancellationToken cancellationToken) =>
        InvokeAsync(method, parameters(progress is null ? null : new ProgressToken(1)), parametersType, resultType, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TResult> InvokeAsync<TParams, TResult, TProgress>(
        string method,
        TParams parameters,
        JsonTypeInfo<TParams> parametersType,
        JsonTypeInfo<TResult> resultType,
        ProgressToken token,
        IProgress<TProgress> progress,
        JsonTypeInfo<TProgress> progressType,
        CancellationToken cancellationToken) =>
        InvokeAsync(method, parameters, parametersType, resultType, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

using System.Text.Json.Serialization.Metadata;
using RpcStore.JsonRpc;

namespace RpcStore.Contract;

/// <summary>What the generated clients need of a connection: to call a method and wait for its answer.</summary>
/// <remarks>Calls may overlap, from any thread.</remarks>
public interface IRpcInvoker
{
    /// <summary>Calls a method.</summary>
    /// <param name="method">Its name on the wire.</param>
    /// <param name="parameters">Its parameters; members that are null are left out.</param>
    /// <param name="parametersType">How the parameters are written.</param>
    /// <param name="resultType">How the result is read.</param>
    /// <param name="cancellationToken">Cancels the call on the server too, where the connection can tell it.</param>
    /// <exception cref="RpcException">The answer is an error.</exception>
    /// <exception cref="IOException">The connection failed before the answer came.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    ValueTask<TResult> InvokeAsync<TParams, TResult>(
        string method,
        TParams parameters,
        JsonTypeInfo<TParams> parametersType,
        JsonTypeInfo<TResult> resultType,
        CancellationToken cancellationToken);

    /// <summary>Calls a method that tells how far it has come.</summary>
    /// <param name="method">Its name on the wire.</param>
    /// <param name="parameters">Makes its parameters, given the token that ties the notifications to this call; null for none.</param>
    /// <param name="parametersType">How the parameters are written.</param>
    /// <param name="resultType">How the result is read.</param>
    /// <param name="progress">Gets the values in the order they come, none after the answer; null when nobody wants them.</param>
    /// <param name="progressType">How a value is read.</param>
    /// <param name="cancellationToken">Cancels the call on the server too, where the connection can tell it.</param>
    /// <exception cref="RpcException">The answer is an error.</exception>
    /// <exception cref="IOException">The connection failed before the answer came.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    /// <remarks>A connection that has no way for notifications, such as HTTP, calls all the same and reports nothing.</remarks>
    ValueTask<TResult> InvokeAsync<TParams, TResult, TProgress>(
        string method,
        Func<ProgressToken?, TParams> parameters,
        JsonTypeInfo<TParams> parametersType,
        JsonTypeInfo<TResult> resultType,
        IProgress<TProgress>? progress,
        JsonTypeInfo<TProgress> progressType,
        CancellationToken cancellationToken);
}

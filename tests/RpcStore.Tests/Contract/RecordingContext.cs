using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RpcStore.JsonRpc;
using Xunit;

namespace RpcStore.Tests.Contract;

/// <summary>A call without a session: keeps what the handler answers.</summary>
internal sealed class RecordingContext : CallContext
{
    public string? Answer { get; private set; }

    public List<(string Token, string Value)> Progress { get; } = [];

    public override RpcConnection Connection => RpcConnection.Anonymous;

    public override CancellationToken CancellationToken => CancellationToken.None;

    public override void Reply<T>(T result, JsonTypeInfo<T> typeInfo) => Answer = JsonSerializer.Serialize(result, typeInfo);

    public override void ReplyRaw(ReadOnlySpan<byte> json) => Answer = Encoding.UTF8.GetString(json);

    public override bool ReportProgress<T>(ProgressToken token, T value, JsonTypeInfo<T> typeInfo)
    {
        Progress.Add((token.ToString(), JsonSerializer.Serialize(value, typeInfo)));
        return true;
    }

    /// <summary>Runs a handler to its end.</summary>
    /// <param name="methods">The table.</param>
    /// <param name="name">The method.</param>
    /// <param name="parameters">The JSON text of the parameters; empty for none.</param>
    public static async Task<RecordingContext> CallAsync(IEnumerable<RpcMethod> methods, string name, string parameters)
    {
        var context = new RecordingContext();
        await methods.Single(method => method.Name == name).Invoke(Encoding.UTF8.GetBytes(parameters), context);
        return context;
    }

    /// <summary>Runs a handler that must refuse its parameters.</summary>
    /// <returns>The pointer and the reason.</returns>
    public static async Task<(string Pointer, string Reason)> RefusalAsync(IEnumerable<RpcMethod> methods, string name, string parameters)
    {
        var e = await Assert.ThrowsAsync<RpcException>(() => CallAsync(methods, name, parameters));
        Assert.Equal(-32602, e.Error.Code);
        Assert.Equal("invalidParams", (string?)e.Error.Data!["name"]);
        return ((string)e.Error.Data["pointer"]!, (string)e.Error.Data["reason"]!);
    }
}

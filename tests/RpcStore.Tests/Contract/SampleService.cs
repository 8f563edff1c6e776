using System.Text.Json;
using RpcStore.Digests;
using RpcStore.JsonRpc;
using RpcStore.Tests.Contract.Sample;

namespace RpcStore.Tests.Contract;

/// <summary>Gives back what it gets.</summary>
internal sealed class SampleService : ISampleService
{
    public ValueTask<Echo> EchoAsync(
        string text, string code, DateTimeOffset when, ReadOnlyMemory<byte> data, long count, BlobId id, long? any, bool flag, Color color,
        IReadOnlyList<string>? words, Order? order, DateTimeOffset? later, IReadOnlyList<BlobId>? ids, byte[]? extra, IProgress<Order>? progress, CallContext context)
    {
        progress?.Report(new Order { Lines = [] });
        return ValueTask.FromResult(new Echo
        {
            Text = text,
            Code = code,
            When = when,
            Data = data,
            Count = count,
            Id = id,
            Any = any,
            Flag = flag,
            Color = color,
            Words = words,
            Order = order,
            Later = later,
            Ids = ids,
            Extra = extra,
        });
    }

    public async ValueTask<ReadOnlyMemory<byte>> MatchAsync(
        string? p0, string? p1, string? p2, string? p3, string? p4, string? p5, string? p6, string? p7, string? p8, string? p9, string? p10, CallContext context)
    {
        await Task.Yield();
        return JsonSerializer.SerializeToUtf8Bytes(p0 is null ? "none" : p0);
    }
}

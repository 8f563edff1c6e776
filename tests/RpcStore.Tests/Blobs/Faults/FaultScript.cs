namespace RpcStore.Tests.Blobs.Faults;

/// <summary>When a fault strikes, seen from the call that it strikes.</summary>
internal enum FaultMoment
{
    /// <summary>Nothing was done.</summary>
    Before,

    /// <summary>Everything was done, and only the answer is lost.</summary>
    After,
}

/// <summary>Counts the calls of a store and has one of them fail. Safe to use from any thread.</summary>
/// <param name="moment">When it fails.</param>
/// <param name="fault">Makes what it fails with; null where a read gives a single byte instead.</param>
internal sealed class FaultScript(FaultMoment moment, Func<Exception>? fault)
{
    private int left;

    /// <summary>Which call failed; null while none has.</summary>
    public string? Struck { get; private set; }

    /// <summary>Has the call with this number fail, the next one being 1.</summary>
    public void Arm(int number)
    {
        Struck = null;
        Volatile.Write(ref left, number);
    }

    /// <summary>From now on nothing fails.</summary>
    public void Disarm() => Volatile.Write(ref left, 0);

    /// <summary>Makes a call, or has it fail.</summary>
    public async ValueTask<T> CallAsync<T>(string member, Func<ValueTask<T>> call)
    {
        if (fault is null || !IsNext(member))
        {
            return await call();
        }

        if (moment == FaultMoment.After && await call() is IAsyncDisposable opened)
        {
            await opened.DisposeAsync();
        }

        throw fault();
    }

    /// <inheritdoc cref="CallAsync{T}"/>
    public async ValueTask CallAsync(string member, Func<ValueTask> call) => await CallAsync(member, async () =>
    {
        await call();
        return 0;
    });

    /// <summary>Makes a read, has it fail, or has it give a single byte: then no other calls are counted.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, Func<Memory<byte>, ValueTask<int>> read) => fault is null
        ? read(IsNext("a short read") ? buffer[..1] : buffer)
        : CallAsync("BlobReader.ReadAsync", () => read(buffer));

    private bool IsNext(string member)
    {
        // Once it has struck, or is not armed, the count goes on below zero.
        if (Interlocked.Decrement(ref left) != 0)
        {
            return false;
        }

        Struck = member;
        return true;
    }
}

using RpcStore.Core.Blobs.Directory;
using Xunit;

namespace RpcStore.Tests.Blobs;

public sealed class FlushGroupTests
{
    private readonly SemaphoreSlim started = new(0);
    private readonly SemaphoreSlim finish = new(0);
    private int flushes;
    private Exception? failure;

    [Fact]
    public async Task Whoever_asks_during_a_flush_shares_the_next_one()
    {
        var group = new FlushGroup(Flush);
        var first = group.FlushAsync();
        await started.WaitAsync();
        var others = Enumerable.Range(0, 10).Select(_ => group.FlushAsync()).ToArray();
        finish.Release();
        await first;
        Assert.DoesNotContain(others, task => task.IsCompleted);
        await started.WaitAsync();
        finish.Release();
        await Task.WhenAll(others);
        Assert.Equal(2, flushes);
    }

    [Fact]
    public async Task A_failure_fails_those_who_wait_as_well_and_is_counted()
    {
        var group = new FlushGroup(Flush);
        failure = new IOException("the disk");
        var first = group.FlushAsync();
        await started.WaitAsync();
        var second = group.FlushAsync();
        finish.Release();
        await Assert.ThrowsAsync<IOException>(() => first);
        await Assert.ThrowsAsync<IOException>(() => second);
        Assert.Equal(1, group.Failures);

        failure = null;
        finish.Release();
        await group.FlushAsync();
        Assert.Equal(2, flushes);
    }

    private void Flush()
    {
        Interlocked.Increment(ref flushes);
        started.Release();
        finish.Wait();
        if (failure is not null)
        {
            throw failure;
        }
    }
}

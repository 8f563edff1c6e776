namespace RpcStore.Tests.Support;

/// <summary>A clock that moves only when a test moves it. Timers are not supported: whoever needs one does not use it.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("Nothing that is tested with this clock may start a timer.");

    public void Advance(TimeSpan by) => now += by;
}

namespace RpcStore.Tests.JsonRpc.Support;

/// <summary>Reads another clock, but rings timers almost at once: nobody on the far end of a test answers a farewell.</summary>
internal sealed class EagerTimers(TimeProvider clock) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
}

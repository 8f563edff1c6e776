namespace RpcStore.JsonRpc.Channels;

/// <summary>How a stretch of received bytes divides: first some that no message needs, then some of a message.</summary>
/// <param name="Skipped">Bytes at the start that belong to the framing, or are white space: dropped.</param>
/// <param name="Taken">Bytes after them that belong to the message.</param>
/// <param name="EndsMessage">Whether the message ends with them; otherwise every byte given was skipped or taken.</param>
public readonly record struct FrameStep(int Skipped, int Taken, bool EndsMessage);

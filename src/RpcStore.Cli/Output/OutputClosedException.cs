namespace RpcStore.Cli.Output;

/// <summary>Whoever read the output has gone; there is nobody to tell anything.</summary>
internal sealed class OutputClosedException() : IOException("nobody reads the output any more");

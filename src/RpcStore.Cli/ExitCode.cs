namespace RpcStore.Cli;

/// <summary>How the command ends: all exit codes there are. The help lists them.</summary>
internal enum ExitCode
{
    /// <summary>Done; every answer is yes.</summary>
    Done = 0,

    /// <summary>The answer is no: something asked for is missing or corrupt, or an entry failed.</summary>
    No = 1,

    /// <summary>Wrong usage: nothing was done.</summary>
    Usage = 2,

    /// <summary>The server cannot be reached, or the connection to it broke.</summary>
    Unreachable = 3,

    /// <summary>The server answered with an error.</summary>
    ServerError = 4,

    /// <summary>Something failed on this side: a file cannot be read or written, or the server cannot start.</summary>
    Failed = 5,

    /// <summary>Interrupted by Ctrl-C or a signal, as shells say it: 128 + SIGINT.</summary>
    Interrupted = 130,

    /// <summary>Whoever read the output has gone, as shells say it: 128 + SIGPIPE.</summary>
    OutputClosed = 141,
}

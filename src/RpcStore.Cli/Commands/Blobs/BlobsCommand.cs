using System.CommandLine;

namespace RpcStore.Cli.Commands.Blobs;

/// <summary><c>rpcstore blobs</c>: everything that is done with blobs.</summary>
internal static class BlobsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("blobs", "Store, fetch, check and remove blobs.")
    {
        PutCommand.Create(),
        GetCommand.Create(),
        UploadCommand.Create(),
        DownloadCommand.Create(),
        HasCommand.Create(),
        StatCommand.Create(),
        VerifyCommand.Create(),
        DeleteCommand.Create(),
        ListCommand.Create(),
        ScrubCommand.Create(),
    };
}

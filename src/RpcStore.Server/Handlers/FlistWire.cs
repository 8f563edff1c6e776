using System.Globalization;
using System.Text;
using RpcStore.Contract;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Registry;
using RpcStore.JsonRpc;
using RpcStore.Server.Access;
using Trees = RpcStore.Core.Flists;
using Flist = RpcStore.Contract.Flist;
using FlistChange = RpcStore.Contract.FlistChange;
using FlistDeletion = RpcStore.Contract.FlistDeletion;
using FlistDifference = RpcStore.Contract.FlistDifference;
using FlistKind = RpcStore.Contract.FlistKind;
using FlistUploadStatus = RpcStore.Contract.FlistUploadStatus;

namespace RpcStore.Server.Handlers;

/// <summary>Flists as the contract writes them.</summary>
internal static class FlistWire
{
    // DateTimeOffset's range in seconds since 1970: the years 1 to 9999.
    private static readonly long FirstSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Which flists a caller sees.</summary>
    public static FlistViewer ViewerOf(Caller caller) => new(caller.Account, SeesAll: caller.Role == Access.Role.Admin);

    /// <summary>Which flist is meant.</summary>
    /// <exception cref="RpcException">A guest does not say whose it is.</exception>
    public static FlistKey KeyOf(Caller caller, string name, string? account, string pointer = "/account") => new(
        account ?? caller.Account ?? throw new RpcException(ContractErrors.InvalidParams(
            $"{pointer}: a guest has no flists of their own. Say whose it is.", pointer, "a guest has to say whose it is")),
        name);

    /// <summary>A flist.</summary>
    public static Flist ToWire(Trees.Registry.Flist flist) => new()
    {
        Id = flist.Id,
        Account = flist.Key.Account,
        Name = flist.Key.Name,
        Digest = flist.Digest,
        Public = flist.IsPublic,
        Complete = flist.IsComplete,
        FileBytes = flist.FileBytes,
        Inodes = flist.Inodes,
        Files = flist.Files,
        Bytes = flist.Bytes,
        Blocks = flist.Blocks,
        Blobs = flist.Blobs,
        BlobBytes = flist.BlobBytes,
        MissingBlobs = flist.MissingBlobs,
        IncompleteFiles = flist.IncompleteFiles,
        CreatedAt = flist.CreatedAt,
        UpdatedAt = flist.UpdatedAt,
    };

    /// <summary>The outcome of an upload.</summary>
    public static FlistUploaded ToWire(FlistUploadResult result) => new()
    {
        Flist = ToWire(result.Flist),
        Status = result.Status switch
        {
            Trees.Registry.FlistUploadStatus.Created => FlistUploadStatus.Created,
            Trees.Registry.FlistUploadStatus.Replaced => FlistUploadStatus.Replaced,
            Trees.Registry.FlistUploadStatus.Unchanged => FlistUploadStatus.Unchanged,
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.Status, "Not a status of an upload."),
        },
        StoredBlobs = result.StoredBlobs,
        StoredBytes = result.StoredBytes,
    };

    /// <summary>What a deletion took along.</summary>
    public static FlistDeletion ToWire(Trees.Registry.Flist flist, Trees.Registry.FlistDeletion deletion) => new()
    {
        Flist = ToWire(flist),
        Blobs = deletion.Blobs,
        Bytes = deletion.Bytes,
        KeptBlobs = deletion.KeptBlobs,
        Deferred = deletion.IsDeferred,
    };

    /// <summary>What reading all blobs found.</summary>
    public static FlistVerification ToWire(FlistVerificationResult result) => new()
    {
        Flist = ToWire(result.Flist),
        Ok = result.Ok,
        Missing = result.Missing.ToArray(),
        MissingCount = result.MissingCount,
        Corrupt = result.Corrupt.ToArray(),
        CorruptCount = result.CorruptCount,
    };

    /// <summary>An entry.</summary>
    public static FlistEntry ToWire(FlistReader flist, string path, FlistNode node)
    {
        var attributes = node.Attributes;
        var isDevice = node.Kind is Trees.FlistKind.BlockDevice or Trees.FlistKind.CharacterDevice;
        return new FlistEntry
        {
            Path = path,
            Kind = ToWire(node.Kind),
            Size = Math.Max(0, node.Size),
            Mode = attributes.Permissions,
            Uid = attributes.Uid,
            Gid = attributes.Gid,
            ModifiedAt = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(attributes.ModifiedAt, FirstSecond, LastSecond)),
            Target = node.Kind == Trees.FlistKind.SymbolicLink ? Encoding.UTF8.GetString(flist.ReadLinkTarget(node)) : null,
            Device = isDevice
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{DeviceNumbers.Major(attributes.DeviceNumber)}:{DeviceNumbers.Minor(attributes.DeviceNumber)}")
                : null,
        };
    }

    /// <summary>A difference.</summary>
    public static FlistDifference ToWire(FlistReader before, FlistReader after, Trees.FlistDifference difference) => new()
    {
        Change = difference.Change switch
        {
            Trees.FlistChange.Added => FlistChange.Added,
            Trees.FlistChange.Removed => FlistChange.Removed,
            Trees.FlistChange.Content => FlistChange.Content,
            Trees.FlistChange.Attributes => FlistChange.Attributes,
            _ => throw new ArgumentOutOfRangeException(nameof(difference), difference.Change, "Not a change."),
        },
        Path = difference.Path,
        Before = difference.Before is { } old ? ToWire(before, difference.Path, old) : null,
        After = difference.After is { } current ? ToWire(after, difference.Path, current) : null,
    };

    private static FlistKind ToWire(Trees.FlistKind kind) => kind switch
    {
        Trees.FlistKind.File => FlistKind.File,
        Trees.FlistKind.Directory => FlistKind.Directory,
        Trees.FlistKind.SymbolicLink => FlistKind.Symlink,
        Trees.FlistKind.BlockDevice => FlistKind.BlockDevice,
        Trees.FlistKind.CharacterDevice => FlistKind.CharacterDevice,
        Trees.FlistKind.Fifo => FlistKind.Fifo,
        Trees.FlistKind.Socket => FlistKind.Socket,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of entry."),
    };
}

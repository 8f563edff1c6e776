using System.Globalization;
using RpcStore.Core.Tar;

namespace RpcStore.Core.Flists.Archives;

/// <summary>Reads a tar as entries of a tree, and refuses what has no place in one. For one caller at a time.</summary>
internal sealed class ArchiveReader(Stream unpacked, FlistLimits limits) : IDisposable
{
    private const int MaxTargetBytes = 4095;

    private readonly TarReader tar = new(unpacked, new TarLimits
    {
        Subject = "archive",
        Noun = "archive",
        MaxEntries = limits.MaxInodes,
        EntriesLimit = "maxFlistInodes",
        MaxBytes = limits.MaxArchiveBytes,
        BytesLimit = "maxArchiveBytes",
        Advice = "Make several flists of it.",
    });

    /// <summary>The bytes of the file that was read last.</summary>
    public Stream Content => tar.Content;

    /// <summary>Entries so far.</summary>
    public long Entries => tar.Number;

    /// <summary>Goes to the next entry.</summary>
    /// <returns>Null at the end.</returns>
    /// <exception cref="StoreException">The archive is malformed or cut off, passes a limit, or the entry is refused.</exception>
    public async ValueTask<ArchiveEntry?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await tar.ReadAsync(cancellationToken))
        {
            return ToEntry();
        }

        // Cut off between two entries it would look whole; every writer of tar ends it with zeroes.
        return tar.HasEnd ? null : throw tar.Malformed("it has no end: it was cut off, or is no tar at all", atHeader: true);
    }

    /// <inheritdoc/>
    public void Dispose() => tar.Dispose();

    private ArchiveEntry ToEntry()
    {
        var name = tar.Name.Span;
        var problem = ArchivePath.Parse(name, limits.MaxDepth, out var path);
        if (problem is not null)
        {
            throw Refused($"the name {problem}");
        }

        if (tar.IsSparse)
        {
            throw Refused("it is a sparse file; make the archive without --sparse");
        }

        if (tar.TypeFlag == TarHeader.HardLink)
        {
            problem = ArchivePath.Parse(tar.ReadLink().Span, limits.MaxDepth, out var other);
            return problem is null
                ? new ArchiveEntry(tar.Number, path, null, [], other)
                : throw Refused($"it is a hard link, and the name of its target {problem}");
        }

        var kind = GetKind(name);
        if (path.Length == 0 && kind != FlistKind.Directory)
        {
            throw Refused("it stands for the root and is no directory");
        }

        var target = kind == FlistKind.SymbolicLink ? ReadTarget() : [];
        return new ArchiveEntry(tar.Number, path, ReadAttributes(kind, target.Length), target, []);
    }

    private FlistKind GetKind(ReadOnlySpan<byte> name) => tar.TypeFlag switch
    {
        // Before ustar a directory was a file whose name ended with a slash.
        TarHeader.RegularFile or 0 or TarHeader.ContiguousFile => name[^1] == '/' ? FlistKind.Directory : FlistKind.File,
        TarHeader.Folder => FlistKind.Directory,
        TarHeader.SymbolicLink => FlistKind.SymbolicLink,
        TarHeader.CharacterDevice => FlistKind.CharacterDevice,
        TarHeader.BlockDevice => FlistKind.BlockDevice,
        TarHeader.Fifo => FlistKind.Fifo,
        _ => throw Refused($"an entry of type 0x{tar.TypeFlag:x2} has no place in a flist"),
    };

    private byte[] ReadTarget()
    {
        var target = tar.ReadLink().ToArray();
        return target.Length is > 0 and <= MaxTargetBytes && !target.Contains((byte)0)
            ? target
            : throw Refused($"the target of a symbolic link has 1 to {MaxTargetBytes} bytes and no NUL");
    }

    private FlistAttributes ReadAttributes(FlistKind kind, int targetLength)
    {
        var data = tar.ReadMetadata();
        CheckRange("owner", data.Uid, uint.MaxValue);
        CheckRange("group", data.Gid, uint.MaxValue);
        CheckRange("mode", data.Mode, int.MaxValue);
        CheckRange("major number", data.Major, DeviceNumbers.MaxMajor);
        CheckRange("minor number", data.Minor, DeviceNumbers.MaxMinor);
        if (kind == FlistKind.File && tar.Size > limits.MaxFileBytes)
        {
            throw new StoreException(
                Fault.TooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The file {TarHeader.ToText(tar.Name.Span)} has {tar.Size} bytes, where {limits.MaxFileBytes} are allowed (maxFlistFileBytes)."))
            {
                Details = new Dictionary<string, object> { ["limit"] = "maxFlistFileBytes", ["maximum"] = limits.MaxFileBytes },
            };
        }

        var size = kind switch
        {
            FlistKind.File => tar.Size,
            FlistKind.Directory => FlistAttributes.DirectorySize,
            _ => targetLength,
        };
        return new FlistAttributes(
            kind,
            (int)data.Mode & FlistAttributes.AllPermissions,
            (uint)data.Uid,
            (uint)data.Gid,
            size,
            DeviceNumbers.Make(data.Major, data.Minor),
            data.ModifiedAt,
            data.ModifiedAt);
    }

    private void CheckRange(string what, long value, long maximum)
    {
        if (value < 0 || value > maximum)
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"its {what} is {value}, which is not 0 to {maximum}"));
        }
    }

    private StoreException Refused(string reason) =>
        ArchiveEntry.Refused(tar.Number, TarHeader.ToText(tar.Name.Span), reason);
}

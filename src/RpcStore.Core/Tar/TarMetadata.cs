namespace RpcStore.Core.Tar;

/// <summary>What a tar header says besides name, type and size; nothing of it is checked.</summary>
/// <param name="Mode">Permissions; some writers add the kind.</param>
/// <param name="Uid">Number of the owner.</param>
/// <param name="Gid">Number of the group.</param>
/// <param name="ModifiedAt">Whole seconds since 1970.</param>
/// <param name="Major">Of a device.</param>
/// <param name="Minor">Of a device.</param>
internal readonly record struct TarMetadata(long Mode, long Uid, long Gid, long ModifiedAt, long Major, long Minor);

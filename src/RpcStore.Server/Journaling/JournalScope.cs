namespace RpcStore.Server.Journaling;

/// <summary>What a server records.</summary>
public enum JournalScope
{
    /// <summary>What changes something, logins, and whatever was refused or failed.</summary>
    Changes,

    /// <summary>
    /// What changes something or moves bytes, logins, and whatever was refused. Questions that were answered are left out:
    /// there may be hundreds of thousands a second.
    /// </summary>
    Actions,

    /// <summary>Every call and every request.</summary>
    All,
}

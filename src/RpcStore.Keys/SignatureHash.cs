namespace RpcStore.Keys;

/// <summary>What a message is hashed with before an SSHSIG covers it.</summary>
public enum SignatureHash
{
    /// <summary>SHA-256.</summary>
    Sha256 = 1,

    /// <summary>SHA-512, which <c>ssh-keygen</c> takes unless it is told otherwise.</summary>
    Sha512,
}

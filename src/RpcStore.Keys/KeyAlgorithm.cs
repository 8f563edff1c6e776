namespace RpcStore.Keys;

/// <summary>A kind of key. Its number is kept nowhere: the text of a key says what it is.</summary>
public enum KeyAlgorithm
{
    /// <summary>Ed25519 (RFC 8032); <c>ssh-ed25519</c> (RFC 8709) among OpenSSH's names.</summary>
    Ed25519 = 1,

    /// <summary>ECDSA on the curve P-256 with SHA-256 (FIPS 186-5); <c>ecdsa-sha2-nistp256</c> (RFC 5656).</summary>
    EcdsaP256,
}

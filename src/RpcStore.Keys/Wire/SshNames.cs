namespace RpcStore.Keys.Wire;

/// <summary>The names of RFC 8709 and RFC 5656 that stand in keys, key files and signatures.</summary>
internal static class SshNames
{
    /// <summary>An Ed25519 key or signature.</summary>
    public const string Ed25519 = "ssh-ed25519";

    /// <summary>A key or signature on P-256.</summary>
    public const string EcdsaP256 = "ecdsa-sha2-nistp256";

    /// <summary>The curve, named a second time inside keys.</summary>
    public const string P256Curve = "nistp256";

    /// <summary>The name of keys and signatures of an algorithm.</summary>
    public static string Of(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Ed25519 => Ed25519,
        KeyAlgorithm.EcdsaP256 => EcdsaP256,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "not a key algorithm"),
    };
}

namespace RpcStore.Digests;

/// <summary>A digest that blob ids are made with. The order of the values is the order of ids in listings.</summary>
public enum DigestFunction : byte
{
    /// <summary>SHA-256 (FIPS 180-4).</summary>
    Sha256 = 1,

    /// <summary>BLAKE2b with 256 bits of output and no key (RFC 7693).</summary>
    Blake2b = 2,
}

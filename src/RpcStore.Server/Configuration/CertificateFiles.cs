namespace RpcStore.Server.Configuration;

/// <summary>Where a certificate for <c>tls://</c> endpoints is. Immutable.</summary>
/// <param name="Certificate">A PEM file: the server's certificate, then those between it and an authority.</param>
/// <param name="Key">A PEM file with the private key, not encrypted; may be the same file.</param>
public sealed record CertificateFiles(string Certificate, string Key);

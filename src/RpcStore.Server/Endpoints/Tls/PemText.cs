using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RpcStore.Server.Configuration;

namespace RpcStore.Server.Endpoints.Tls;

/// <summary>The texts of a certificate's files. Two are equal when nothing has changed.</summary>
/// <param name="Certificate">The chain in PEM, the server's own certificate first.</param>
/// <param name="Key">The private key in PEM.</param>
internal sealed record PemText(string Certificate, string Key)
{
    /// <summary>Reads the files.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be read.</exception>
    public static PemText Read(CertificateFiles files) => new(File.ReadAllText(files.Certificate), File.ReadAllText(files.Key));

    /// <summary>Makes of it what handshakes need.</summary>
    /// <returns>The certificates to send, and the SHA-256 of the first one as lower-case hex digits.</returns>
    /// <exception cref="CryptographicException">It is no certificate, or no key.</exception>
    /// <exception cref="ArgumentException">The key is that of another certificate.</exception>
    public (SslStreamCertificateContext Context, string Fingerprint) Load()
    {
        var own = X509Certificate2.CreateFromPem(Certificate, Key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(Certificate);
        chain.RemoveAt(0);

        // Offline: a handshake never waits for a host that the certificate names.
        return (SslStreamCertificateContext.Create(own, chain, offline: true), Convert.ToHexStringLower(SHA256.HashData(own.RawData)));
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RpcStore.Core;
using RpcStore.Server.Configuration;

namespace RpcStore.Server.Endpoints.Tls;

/// <summary>
/// A certificate that the server makes for itself, once, and keeps in its data directory: for a first try without an
/// authority, with clients that are given its fingerprint.
/// </summary>
internal static class SelfSignedCertificate
{
    private const string FileName = "tls-self-signed.pem";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // What clients trust is the fingerprint; a date would only break that some day.
    private const int YearsValid = 20;

    /// <summary>Makes it unless it is there.</summary>
    /// <returns>The one file that holds certificate and key, mode 0600.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static CertificateFiles Ensure(DataDirectory data, TimeProvider time)
    {
        var path = Path.Combine(data.Path, FileName);
        if (!File.Exists(path))
        {
            Write(path, Create(time.GetUtcNow()));
        }

        return new CertificateFiles(path, path);
    }

    private static string Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=rpcstore", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(YearsValid));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    /// <summary>Writes the file whole or not at all, and never readable by others.</summary>
    private static void Write(string path, string text)
    {
        var half = path + ".new";
        File.Delete(half);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(half, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(half, path);
    }
}

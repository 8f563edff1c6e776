using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using RpcStore.Core;
using RpcStore.Server.Configuration;

namespace RpcStore.Server.Endpoints.Tls;

/// <summary>
/// The certificate of the <c>tls://</c> endpoints as it is now. Its files are read again every few seconds; when they have
/// changed, later handshakes use what they hold, and connections that are open go on. Safe to use from any thread.
/// </summary>
internal sealed class CertificateSource : IDisposable
{
    // Read, not watched: an administrator's tools replace links to folders as often as the files themselves.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(3);

    private readonly CertificateFiles files;
    private readonly ILogger log;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private PemText text;
    private string? problem;
    private volatile Loaded current;

    private CertificateSource(CertificateFiles files, ILogger log, TimeProvider time)
    {
        this.files = files;
        this.log = log;
        text = PemText.Read(files);
        current = Load(text);
        timer = time.CreateTimer(_ => Look(), null, LookInterval, LookInterval);
    }

    /// <summary>What a handshake that begins now is done with.</summary>
    public SslServerAuthenticationOptions Handshake => current.Handshake;

    /// <summary>The SHA-256 of the certificate in DER: 64 lower-case hex digits.</summary>
    public string Fingerprint => current.Fingerprint;

    /// <summary>Reads the certificate that a server was given.</summary>
    /// <returns>Null when it was given none.</returns>
    /// <exception cref="ServerStartException">It cannot be used; the message says why.</exception>
    public static CertificateSource? Open(ServerOptions options, DataDirectory data, ILogger log, TimeProvider time)
    {
        if (options.Certificate is null && !options.HasSelfSignedCertificate)
        {
            return null;
        }

        try
        {
            return new CertificateSource(options.Certificate ?? SelfSignedCertificate.Ensure(data, time), log, time);
        }
        catch (Exception e) when (IsUnusable(e))
        {
            var names = options.Certificate is { } named ? $" {named.Certificate} with the key {named.Key}" : "";
            throw new ServerStartException($"Cannot use the certificate{names}: {e.Message}", e);
        }
    }

    /// <summary>Reads the files now. What cannot be used is told in the log, and what was used before stays.</summary>
    public void Look()
    {
        lock (gate)
        {
            try
            {
                var now = PemText.Read(files);
                if (now != text)
                {
                    text = now;
                    problem = null;
                    current = Load(now);
                    log.CertificateChanged(files.Certificate, current.Fingerprint);
                }
            }
            catch (Exception e) when (IsUnusable(e))
            {
                // Files that stay away are told of once, not every few seconds.
                if (e.Message != problem)
                {
                    problem = e.Message;
                    log.CertificateKept(files.Certificate, current.Fingerprint, e.Message);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private static Loaded Load(PemText text)
    {
        var (context, fingerprint) = text.Load();
        var handshake = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = context,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        };
        return new Loaded(handshake, fingerprint);
    }

    private static bool IsUnusable(Exception e) =>
        e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private sealed record Loaded(SslServerAuthenticationOptions Handshake, string Fingerprint);
}

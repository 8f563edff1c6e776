using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RpcStore.Contract.Connections;

namespace RpcStore.Client.Connections;

/// <summary>
/// Puts TLS on a socket: the client's half of <c>tls://</c>. The server is trusted for the fingerprint in the URL, or, where
/// there is none, for what the system's authorities say of its certificate and name.
/// </summary>
internal sealed class TlsDialer(EndpointUrl endpoint)
{
    private string? distrust;

    /// <summary>Does the handshake.</summary>
    /// <param name="stream">The connection; closed when the handshake fails.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CannotConnectException">The server is not trusted, or does not speak TLS.</exception>
    public async ValueTask<Stream> SecureAsync(Stream stream, CancellationToken cancellationToken)
    {
        var tls = new SslStream(stream);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = endpoint.Host == "*" ? "localhost" : endpoint.Host,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                        (distrust = FindDistrust(certificate, chain, errors)) is null,
                },
                cancellationToken).ConfigureAwait(false);
            return tls;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw new CannotConnectException(endpoint, distrust ?? $"it does not speak TLS ({e.Message})", e);
        }
        catch
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Why the server is not trusted; null when it is.</summary>
    private string? FindDistrust(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return "it has no certificate";
        }

        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(certificate.GetRawCertData()));
        if (endpoint.CertificatePin is { } pin)
        {
            return pin == fingerprint
                ? null
                : $"its certificate has the SHA-256 {fingerprint}, which is not the one asked for: another server answers, or it was "
                    + "given a new certificate";
        }

        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        var why = errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? $"it is not for the name '{endpoint.Host}'"
            : string.Join(", ", chain?.ChainStatus.Select(status => status.StatusInformation).Distinct() ?? []).TrimEnd('.', '\n');
        return $"its certificate is not trusted here ({why}). If you know that it is the right one, write "
            + $"'{endpoint.WithPin(fingerprint)}'";
    }
}

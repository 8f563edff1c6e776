using System.Text;
using Microsoft.AspNetCore.Http;
using RpcStore.Contract;
using RpcStore.Core;
using RpcStore.Core.Accounts.Logins;
using RpcStore.Core.Accounts.Sessions;
using RpcStore.JsonRpc;

namespace RpcStore.Server.Access;

/// <summary>
/// Finds out who makes an HTTP request, by its <c>Authorization</c> header: <c>Bearer</c> with the token of a session
/// (RFC 6750), or <c>Basic</c> with the name of an account and its API password (RFC 7617). Safe to use from any thread.
/// </summary>
/// <param name="sessions">Where tokens are known.</param>
/// <param name="passwords">Where passwords are known.</param>
internal sealed class RequestCredentials(SessionRegistry sessions, PasswordLogins passwords)
{
    /// <summary>What asks a client for a password (RFC 7617, section 2); for routes that browsers and WebDAV clients use.</summary>
    public const string BasicChallenge = "Basic realm=\"RpcStore\", charset=\"UTF-8\"";

    /// <summary>What throttles tell apart where there is no address; all of the machine's own sockets are one.</summary>
    public const string LocalAddress = "local";

    private const string Scheme = "Basic ";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Finds it out.</summary>
    /// <param name="context">The request.</param>
    /// <param name="remoteHost">The address that it comes from; null where it has none.</param>
    /// <returns>Null when it has no such header.</returns>
    /// <exception cref="RpcException"><c>unauthenticated</c>: the header is malformed, or its session is not open.</exception>
    /// <exception cref="StoreException">As <see cref="PasswordLogins.AuthenticateAsync"/>.</exception>
    public ValueTask<BoundSession?> FindAsync(HttpContext context, string? remoteHost)
    {
        var header = context.Request.Headers.Authorization;
        return header.Count == 1 && header[0]!.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? FindBasicAsync(context, header[0]!, remoteHost)
            : new(BearerToken.Find(header, sessions));
    }

    private async ValueTask<BoundSession?> FindBasicAsync(HttpContext context, string header, string? remoteHost)
    {
        RefusePagesOfBrowsers(context.Request);
        var (name, password) = Decode(header.AsSpan(Scheme.Length).Trim());
        return await AuthenticateAsync(name, password, remoteHost, context.RequestAborted);
    }

    /// <summary>Finds the session of somebody who gives a name and a password with every request.</summary>
    /// <exception cref="StoreException">As <see cref="PasswordLogins.AuthenticateAsync"/>.</exception>
    public async ValueTask<BoundSession> AuthenticateAsync(
        string name, string password, string? remoteHost, CancellationToken cancellationToken) =>
        new(sessions, await passwords.AuthenticateAsync(name, password, remoteHost ?? LocalAddress, cancellationToken));

    // A browser that was given a password sends it along with whatever any page asks for, unlike a token: reading is all that
    // such a request may do. Programs send neither header.
    private static void RefusePagesOfBrowsers(HttpRequest request)
    {
        var isPage = request.Headers.ContainsKey("Origin") || request.Headers.ContainsKey("Sec-Fetch-Site");
        var isReading = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !request.Headers.ContainsKey("Upgrade");
        if (isPage && !isReading)
        {
            throw new RpcException(ContractErrors.Unauthenticated(
                "A page in a browser changes nothing with a password: log in and send the token as 'Authorization: Bearer'."));
        }
    }

    private static (string Name, string Password) Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length];
        try
        {
            if (Convert.TryFromBase64Chars(text, bytes, out var length)
                && StrictUtf8.GetString(bytes, 0, length) is var pair
                && pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon)
            {
                return (pair[..colon], pair[(colon + 1)..]);
            }
        }
        catch (DecoderFallbackException)
        {
            // Told below, with what else can be wrong.
        }

        throw new RpcException(ContractErrors.Unauthenticated(
            "The header 'Authorization: Basic' has to have base64 of NAME:PASSWORD in UTF-8 (RFC 7617)."));
    }
}

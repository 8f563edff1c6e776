using System.Text;
using RpcStore.Contract;
using RpcStore.Keys;

namespace RpcStore.Client.Access;

/// <summary>Logging in with a private key, as spec/auth.md has it.</summary>
internal static class KeyLogin
{
    private const string FirstLine = "rpcstore login 1";

    /// <summary>Asks for a challenge, signs it, and opens a session.</summary>
    /// <param name="client">The server.</param>
    /// <param name="serverId">Its id.</param>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidDataException">The server wants something else signed than a login to it with this key.</exception>
    public static async ValueTask<Login> RunAsync(
        RpcStoreClient client, string serverId, PrivateKey key, CancellationToken cancellationToken)
    {
        var publicKey = key.PublicKey.Text;
        var challenge = await client.Auth.ChallengeAsync(publicKey, cancellationToken).ConfigureAwait(false);
        Check(challenge, serverId, publicKey);

        // SSHSIG rather than a raw signature: its namespace makes the signature worth nothing for anything but a login.
        var signature = SshSignature.Sign(key, Encoding.ASCII.GetBytes(challenge.Text));
        return await client.Auth.LoginAsync(publicKey, challenge.Nonce, signature, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes sure that a text is what section 3 of spec/auth.md says. Whoever signs whatever they are given can be made to log
    /// in somewhere else by a server in the middle.
    /// </summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    internal static void Check(Challenge challenge, string serverId, string publicKey)
    {
        string[] expected = [FirstLine, $"server {serverId}", $"key {publicKey}", $"nonce {challenge.Nonce}"];
        var lines = challenge.Text.Split('\n');
        if (!Ascii.IsValid(challenge.Text)
            || lines.Length != expected.Length + 1
            || !lines.AsSpan(0, expected.Length).SequenceEqual(expected)
            || !lines[^1].StartsWith("expires ", StringComparison.Ordinal))
        {
            throw new InvalidDataException(
                "The server wants something else signed than a login to it with this key. Nothing was signed; do not trust it.");
        }
    }
}

namespace RpcStore.Core.Accounts.Logins;

/// <summary>What somebody must sign to prove that they have a key.</summary>
/// <param name="Nonce">To be sent back with the signature; 107 characters of base64url, of which 256 bits are random.</param>
/// <param name="Text">What to sign: the bytes of this text in ASCII, which has no line feed at its end (spec/auth.md).</param>
/// <param name="ExpiresAt">Until when; whole seconds.</param>
public sealed record Challenge(string Nonce, string Text, DateTimeOffset ExpiresAt);

using System.Text.Json.Serialization;

namespace RpcStore.Cli.Sessions;

/// <summary>A session that a login opened, as it is kept between commands.</summary>
/// <param name="Server">The URL that the login was made with.</param>
/// <param name="ServerId">The server that opened it: no other one gets to see the token.</param>
/// <param name="Token">The secret that proves it.</param>
/// <param name="SessionId">Its id.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="ExpiresAt">When it ends at the latest.</param>
internal sealed record StoredSession(
    [property: JsonPropertyName("server")] string Server,
    [property: JsonPropertyName("serverId")] string ServerId,
    [property: JsonPropertyName("token")] string Token,
    [property: JsonPropertyName("sessionId")] string SessionId,
    [property: JsonPropertyName("account")] string Account,
    [property: JsonPropertyName("expiresAt")] DateTimeOffset ExpiresAt);

/// <summary>How sessions are written.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoredSession))]
internal sealed partial class StoredSessionJson : JsonSerializerContext;

namespace RpcStore.Client.Http;

/// <summary>
/// Carries what went wrong on this side while the body of a request was made through the HTTP client, which would take it
/// for a failure of the connection.
/// </summary>
internal sealed class BodySourceException(Exception cause) : IOException(cause.Message, cause);

using RpcStore.Contract.Connections;

namespace RpcStore.Cli.Commands;

/// <summary>What a person asked a server to be, understood. Knows nothing of the server's own types.</summary>
/// <param name="Directory">The data directory, as a full path.</param>
/// <param name="Endpoints">Where to listen.</param>
/// <param name="AreEndpointsDefault">Whether nobody said where: sockets of a service manager take their place.</param>
/// <param name="Tls">How endpoints with TLS prove who they are.</param>
/// <param name="Log">What is logged.</param>
internal sealed record ServeSettings(
    string Directory, EndpointUrl[] Endpoints, bool AreEndpointsDefault, TlsSettings Tls, LogSettings Log);

/// <summary>How endpoints with TLS prove who they are. Certificate and key are both there or both missing.</summary>
/// <param name="Certificate">A PEM file.</param>
/// <param name="Key">A PEM file.</param>
/// <param name="IsSelfSigned">Whether the server makes a certificate for itself.</param>
internal sealed record TlsSettings(string? Certificate, string? Key, bool IsSelfSigned);

/// <summary>What is logged, one line an event, to standard error.</summary>
/// <param name="IsVerbose">Whether to log more than warnings, errors and what the store itself has to tell.</param>
/// <param name="IsJson">Whether a line is a JSON object.</param>
internal sealed record LogSettings(bool IsVerbose, bool IsJson);

using System.Net;
using Microsoft.Extensions.Logging;
using RpcStore.Contract.Connections;
using RpcStore.Core;

namespace RpcStore.Server.Endpoints;

/// <summary>What the endpoints log.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "{Action} failed: {Fault}.")]
    public static partial void StoreFailed(this ILogger logger, string action, Fault fault, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "{Action} failed in a way nobody foresaw; reference {Reference}.")]
    public static partial void Unforeseen(this ILogger logger, string action, string reference, Exception exception);

    [LoggerMessage(3, LogLevel.Information, "{Endpoint} waits: this machine has no address there yet.")]
    public static partial void OverlayWaits(this ILogger logger, EndpointUrl endpoint);

    [LoggerMessage(4, LogLevel.Information, "{Endpoint} listens on {Address}.")]
    public static partial void OverlayListens(this ILogger logger, EndpointUrl endpoint, IPEndPoint address);

    [LoggerMessage(5, LogLevel.Information, "{Endpoint} listens no more on {Address}: the address is gone.")]
    public static partial void OverlayLeft(this ILogger logger, EndpointUrl endpoint, IPEndPoint address);

    [LoggerMessage(6, LogLevel.Error, "{Endpoint} cannot use {Address}, and goes on trying: {Reason}")]
    public static partial void OverlayFailed(this ILogger logger, EndpointUrl endpoint, IPEndPoint address, string reason);

    [LoggerMessage(7, LogLevel.Warning, "{Endpoint}: the addresses of this machine could not be read, and are tried again: {Reason}")]
    public static partial void OverlayUnknown(this ILogger logger, EndpointUrl endpoint, string reason);

    [LoggerMessage(8, LogLevel.Information, "The certificate in {Path} has changed: new connections get the one with SHA-256 {Fingerprint}.")]
    public static partial void CertificateChanged(this ILogger logger, string path, string fingerprint);

    [LoggerMessage(9, LogLevel.Error, "The certificate in {Path} cannot be used, so the one with SHA-256 {Fingerprint} is kept: {Reason}")]
    public static partial void CertificateKept(this ILogger logger, string path, string fingerprint, string reason);
}

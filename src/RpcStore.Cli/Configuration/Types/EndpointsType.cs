using RpcStore.Contract.Connections;

namespace RpcStore.Cli.Configuration.Types;

/// <summary>Where a server listens: any number of endpoints.</summary>
internal sealed class EndpointsType : SettingType<EndpointUrl[]>
{
    /// <inheritdoc/>
    public override string Placeholder => "URL";

    /// <inheritdoc/>
    public override string Allowed => "unix:PATH, tcp://HOST:PORT, tls://HOST:PORT or overlay://PREFIX/LENGTH:PORT";

    /// <inheritdoc/>
    public override bool IsList => true;

    /// <inheritdoc/>
    public override EndpointUrl[] Parse(IReadOnlyList<string> texts) => texts.Count > 0
        ? [.. texts.Select(ParseOne)]
        : throw new FormatException($" takes {Allowed}, at least one");

    /// <inheritdoc/>
    public override string Format(EndpointUrl[] value) => string.Join(',', value.AsEnumerable());

    /// <inheritdoc/>
    protected override EndpointUrl[] Parse(string text) => [ParseOne(text)];

    private static EndpointUrl ParseOne(string text)
    {
        EndpointUrl endpoint;
        try
        {
            endpoint = EndpointUrl.Parse(text);
        }
        catch (FormatException e)
        {
            throw new FormatException($": {e.Message}", e);
        }

        return endpoint.Scheme is EndpointScheme.WebSocket or EndpointScheme.Http
            ? throw new FormatException(
                $": a server does not listen on '{endpoint}': write tcp://{endpoint.Authority}, which speaks HTTP and WebSocket too")
            : endpoint;
    }
}

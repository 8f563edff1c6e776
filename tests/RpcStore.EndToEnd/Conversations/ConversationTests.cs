using RpcStore.CodeGen.Conversations;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Conversations;

/// <summary>
/// Every conversation of <c>spec/vectors</c>, played against the real server over everything that carries JSON-RPC. A
/// conversation leaves nothing behind that another one minds, but may find what it left itself; so each way to carry it has
/// a server of its own.
/// </summary>
public abstract class ConversationTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly Dictionary<string, Conversation> All =
        ConversationParser.LoadAll(Repository.Root).ToDictionary(conversation => conversation.Path);

    public static TheoryData<string> Paths => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task The_server_answers_as_the_conversation_says(string path)
    {
        await using var line = await ConnectAsync(fixture);
        var matcher = new AnswerMatcher();
        foreach (var exchange in All[path].Exchanges)
        {
            var requests = exchange.Requests.Select(matcher.Fill).ToList();
            var answers = await line.ExchangeAsync(requests, exchange.Answers.Length);
            var difference = matcher.Match(exchange.Answers, answers);
            Assert.True(difference is null, $"{exchange.Shows}\n{difference}");
        }
    }

    /// <summary>Opens a line to the server as an admin.</summary>
    internal abstract Task<IConversationLine> ConnectAsync(ServerFixture fixture);
}

public sealed class JsonStreamConversationTests(ServerFixture fixture) : ConversationTests(fixture)
{
    internal override async Task<IConversationLine> ConnectAsync(ServerFixture fixture) =>
        await StreamLine.ConnectAsync(fixture.Socket, isHeaderDelimited: false);
}

public sealed class HeaderDelimitedConversationTests(ServerFixture fixture) : ConversationTests(fixture)
{
    internal override async Task<IConversationLine> ConnectAsync(ServerFixture fixture) =>
        await StreamLine.ConnectAsync(fixture.Socket, isHeaderDelimited: true);
}

public sealed class WebSocketConversationTests(ServerFixture fixture) : ConversationTests(fixture)
{
    internal override async Task<IConversationLine> ConnectAsync(ServerFixture fixture) => await WebSocketLine.ConnectAsync(fixture);
}

public sealed class PostConversationTests(ServerFixture fixture) : ConversationTests(fixture)
{
    internal override Task<IConversationLine> ConnectAsync(ServerFixture fixture) =>
        Task.FromResult<IConversationLine>(new PostLine(fixture.CreateHttpClient()));
}

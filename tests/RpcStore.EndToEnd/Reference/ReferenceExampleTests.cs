using System.Text.Json;
using System.Text.Json.Nodes;
using RpcStore.Client;
using RpcStore.CodeGen.Model;
using RpcStore.CodeGen.Reading;
using RpcStore.CodeGen.Sources;
using RpcStore.Contract;
using RpcStore.EndToEnd.Contract;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Reference;

/// <summary>
/// The examples of <c>spec/reference.md</c> do what they say: its lines of shell as they stand there, pasted into bash, and
/// its C#, which is compiled into these tests. Each way has a server of its own, because examples make things.
/// </summary>
public abstract class ReferenceExampleTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly Dictionary<string, Method> Methods =
        ContractReader.Read(ContractSource.Load(Repository.Root)).Methods.ToDictionary(method => method.Name);

    /// <summary>Those that can be tried, by method and place.</summary>
    public static TheoryData<string, int> Examples => [.. ReferenceExamples.All
        .Where(one => Find(one.Method, one.Place).ShownOnly is null)
        .Select(one => (one.Method, one.Place))];

    /// <summary>Of these, those that hold nothing that the server makes anew each time.</summary>
    public static TheoryData<string, int> FixedExamples =>
        [.. Examples.Where(row => !IsMadeAnew(Find(row.Data.Item1, row.Data.Item2))).Select(row => row.Data)];

    /// <summary>Tries an example, and holds its result against the one that is shown.</summary>
    protected async Task CheckAsync(string method, int place)
    {
        var example = Find(method, place);
        string? bound = null;
        if (example.After is { } before)
        {
            var made = await CallAsync(before.Method, before.Parameters);
            bound = before.Bind is null ? null : made[before.Bind]!.GetValue<string>();
        }

        var result = await TryAsync(method, place, example.After?.Bind is { } name ? (example.Parameters[name]!.GetValue<string>(), bound!) : null);
        if (example.ResultVaries || example.ResultIsPrefix)
        {
            // What varies has the same members all the same.
            Assert.Empty(example.Result!.AsObject().Select(member => member.Key).Except(result.AsObject().Select(member => member.Key)));
        }
        else
        {
            Assert.True(JsonNode.DeepEquals(example.Result, result), $"expected {example.Result!.ToJsonString()}\nreceived {result.ToJsonString()}");
        }
    }

    /// <summary>Tries an example.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="place">Its place among those of the method.</param>
    /// <param name="bound">A text in it, and what stands for it this time; null where it is tried as it is.</param>
    /// <returns>The result.</returns>
    protected abstract Task<JsonNode> TryAsync(string method, int place, (string Shown, string Real)? bound);

    /// <summary>The server.</summary>
    private protected ServerFixture Fixture => fixture;

    private static bool IsMadeAnew(Example example) =>
        example.After is { Bind: { } bind } before && !JsonNode.DeepEquals(before.Parameters[bind], example.Parameters[bind]);

    private static Example Find(string method, int place) =>
        Methods[method].Examples.Where(example => example.Result is not null).ElementAt(place);

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        var result = await Command.RpcStoreAsync("--server", fixture.Server.Url, "call", method, parameters.ToJsonString());
        return JsonNode.Parse(result.ShouldSucceed().Output)!;
    }
}

/// <summary>With <c>rpcstore call</c>.</summary>
public sealed class CommandReferenceTests(ServerFixture fixture) : ShellReferenceTests(fixture)
{
    private protected override string Program => "rpcstore call ";

    private protected override JsonNode ReadResult(JsonNode output) => output;
}

/// <summary>With curl over the local socket.</summary>
public sealed class CurlReferenceTests(ServerFixture fixture) : ShellReferenceTests(fixture)
{
    private protected override string Program => "curl ";

    private protected override JsonNode ReadResult(JsonNode output) => output["result"] ?? throw new InvalidOperationException(output.ToJsonString());
}

/// <summary>As lines of shell.</summary>
public abstract class ShellReferenceTests(ServerFixture fixture) : ReferenceExampleTests(fixture)
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "spec", "reference.md"));

    /// <summary>How the lines begin.</summary>
    private protected abstract string Program { get; }

    /// <summary>The result in what the line printed.</summary>
    private protected abstract JsonNode ReadResult(JsonNode output);

    [Theory]
    [MemberData(nameof(Examples))]
    public Task An_example_gives_the_answer_that_it_shows(string method, int place) => CheckAsync(method, place);

    /// <inheritdoc/>
    protected override async Task<JsonNode> TryAsync(string method, int place, (string Shown, string Real)? bound)
    {
        var line = Page.SkipWhile(text => text != $"### {method}").Skip(1).TakeWhile(text => !text.StartsWith('#'))
            .Where(text => text.StartsWith(Program, StringComparison.Ordinal)).ElementAt(place);
        if (bound is { } values)
        {
            Assert.Contains(values.Shown, line, StringComparison.Ordinal);
            line = line.Replace(values.Shown, values.Real, StringComparison.Ordinal);
        }

        var result = await Command.ShellAsync($"rpcstore() {{ \"$RPCSTORE\" \"$@\"; }}\n{line}", new Dictionary<string, string>
        {
            ["RPCSTORE"] = Repository.Command,
            ["RPCSTORE_SERVER"] = Fixture.Server.Url,
            ["SOCK"] = Fixture.Server.Socket,
        });
        return ReadResult(JsonNode.Parse(result.ShouldSucceed().Output)!);
    }
}

/// <summary>With the C# client.</summary>
public sealed class CSharpReferenceTests(ServerFixture fixture) : ReferenceExampleTests(fixture)
{
    [Theory]
    [MemberData(nameof(FixedExamples))]
    public Task An_example_gives_the_answer_that_it_shows(string method, int place) => CheckAsync(method, place);

    /// <inheritdoc/>
    protected override async Task<JsonNode> TryAsync(string method, int place, (string Shown, string Real)? bound)
    {
        await using var client = RpcStoreClient.Connect(Fixture.Server.Url);
        var result = await ReferenceExamples.All.Single(one => one.Method == method && one.Place == place).Call(client);
        return result is JsonElement json ? JsonObject.Create(json)! : JsonSerializer.SerializeToNode(result, result.GetType(), ContractJson.Default)!;
    }
}

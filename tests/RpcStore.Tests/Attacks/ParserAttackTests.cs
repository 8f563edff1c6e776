using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using RpcStore.Digests;
using RpcStore.Server.Endpoints;
using RpcStore.Tests.Blobs.Tar;
using RpcStore.Tests.JsonRpc.Sessions;
using Xunit;

namespace RpcStore.Tests.Attacks;

/// <summary>What reads bytes of others, attacked for as long as one wants.</summary>
[Collection(nameof(MemoryCollection))]
public sealed partial class ParserAttackTests
{
    private static readonly string[] Openings =
    [
        "{\"jsonrpc\"", " \n [", "Content-Length: 5\r\n", "content-length:", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET / HTTP/1.1\r\n", "\r\n\r\n",
    ];

    [Fact]
    public Task The_framing_detector_decides_alike_however_the_bytes_are_cut() => AttackRun.RunAsync(random =>
    {
        var bytes = Damage.Do(Encoding.Latin1.GetBytes(random.GetItems(Openings, 1)[0]), random, "{[ \r\nCcPp:"u8);
        var whole = FirstBytes.Detect(new ReadOnlySequence<byte>(bytes));
        for (var length = 0; length < bytes.Length; length++)
        {
            var part = FirstBytes.Detect(new ReadOnlySequence<byte>(bytes, 0, length));
            Assert.True(part == ConnectionProtocol.Undecided || part == whole, $"{part} after {length} bytes, {whole} in the end");
        }

        // Undecided is only what may still become one of those that have a long mark.
        Assert.True(whole != ConnectionProtocol.Undecided || bytes.Length < 16 || bytes.All(one => " \t\r\n"u8.Contains(one)));
        return Task.CompletedTask;
    });

    [Fact]
    public Task A_json_stream_is_answered_with_documented_errors() => AttackRun.RunAsync(HostileInputTests.AttackStreamAsync);

    [Fact]
    public Task Header_delimited_messages_are_answered_with_documented_errors() => AttackRun.RunAsync(HostileInputTests.AttackHeadersAsync);

    [Fact]
    public Task Ids_are_read_as_their_pattern_says() => AttackRun.RunAsync(random =>
    {
        var digest = new byte[BlobId.DigestLength];
        random.NextBytes(digest);
        var function = random.Next(2) == 0 ? DigestFunction.Sha256 : DigestFunction.Blake2b;
        var text = Encoding.ASCII.GetBytes(BlobId.FromDigest(function, digest).ToString());
        var damaged = random.Next(3) == 0 ? text : Damage.Do(text, random, "0fgGA-bB /"u8);
        var isId = BlobId.TryParse(damaged, out var id);
        var asText = Encoding.Latin1.GetString(damaged);
        Assert.Equal(IdPattern().IsMatch(asText), isId);
        Assert.Equal(isId, BlobId.TryParse(asText.AsSpan(), out var other));
        Assert.Equal(id, other);
        Assert.True(!isId || id.ToString() == asText);
        return Task.CompletedTask;
    });

    [Fact]
    public Task Tar_batches_end_with_a_documented_error_and_store_nothing_wrong() =>
        AttackRun.RunAsync(random => BatchAttack.RunAsync(random, isGzip: false));

    [Fact]
    public Task Gzip_ends_with_a_documented_error_and_stores_nothing_wrong() =>
        AttackRun.RunAsync(random => BatchAttack.RunAsync(random, isGzip: true));

    [GeneratedRegex(@"\A(blake2b-)?[0-9a-f]{64}\z")]
    private static partial Regex IdPattern();
}

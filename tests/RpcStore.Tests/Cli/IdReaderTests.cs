using System.Text;
using RpcStore.Cli;
using RpcStore.Cli.Input;
using Xunit;

namespace RpcStore.Tests.Cli;

/// <summary>Ids, as people and other programs write them down.</summary>
public sealed class IdReaderTests
{
    private static readonly string A = new('a', 64);
    private static readonly string B = "blake2b-" + new string('b', 64);

    [Fact]
    public async Task Ids_come_one_a_line_in_whatever_the_lines_end()
    {
        Assert.Equal([A, B, A], await ReadAsync($"{A}\n{B}\r\n{A}"));
        Assert.Equal([A], await ReadAsync($"\n\n  {A}  \n \t \n"));
        Assert.Empty(await ReadAsync(""));
        Assert.Empty(await ReadAsync("\n"));
    }

    [Fact]
    public async Task What_follows_the_first_column_is_passed_over() =>
        Assert.Equal([A, B], await ReadAsync($"{A}\t123\t2026-11-21T09:00:00Z\n{B}  a file name\n"));

    [Fact]
    public async Task Where_the_bytes_are_cut_makes_no_difference()
    {
        var text = $"{A}\n\n{B}\tx\r\n {A}";
        for (var step = 1; step < 80; step++)
        {
            Assert.Equal([A, B, A], await ReadAsync(text, step));
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("../../etc/passwd")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_is_no_id_is_wrong_usage_and_named_with_its_line(string word)
    {
        var error = await Assert.ThrowsAsync<UsageException>(() => ReadAsync($"{A}\n\n{word}\n"));
        Assert.Contains("test, line 3", error.Message);
        Assert.Contains($"'{word}'", error.Message);
        Assert.Contains($"'{word}'", Assert.Throws<UsageException>(() => IdReader.Parse(word)).Message);
    }

    [Fact]
    public async Task A_line_without_end_is_refused_instead_of_kept() =>
        await Assert.ThrowsAsync<UsageException>(() => ReadAsync(new string('a', 100_000)));

    [Fact]
    public async Task Ids_are_given_before_the_text_has_ended()
    {
        var pipe = new System.IO.Pipelines.Pipe();
        await using var ids = IdReader.ReadAsync(pipe.Reader.AsStream(), "test", CancellationToken.None).GetAsyncEnumerator();
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(A + "\n" + B));
        Assert.True(await ids.MoveNextAsync());
        Assert.Equal(A, ids.Current.ToString());
    }

    [Fact]
    public async Task Any_bytes_are_ids_or_wrong_usage()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes($"{A}\n{B}\n");
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                await IdReader.ReadAsync(new MemoryStream(bytes), "test", CancellationToken.None).ToListAsync();
            }
            catch (UsageException)
            {
                // The only way in which it may fail.
            }
        }
    }

    private static async Task<List<string>> ReadAsync(string text, int step = int.MaxValue) =>
        await IdReader.ReadAsync(new Drip(Encoding.UTF8.GetBytes(text), step), "test", CancellationToken.None)
            .Select(id => id.ToString()).ToListAsync();

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class Drip(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }
}

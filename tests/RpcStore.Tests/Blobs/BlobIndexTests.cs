using RpcStore.Core.Blobs;
using RpcStore.Core.Blobs.Index;
using RpcStore.Digests;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Blobs;

/// <summary>The index by itself: a set that survives its process.</summary>
public sealed class BlobIndexTests : IDisposable
{
    private static readonly Guid Boot = Guid.NewGuid();
    private static readonly DateTimeOffset Time = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory temporary = new();

    private string File => temporary.Combine("index");

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void It_answers_as_a_dictionary_does_through_growth_and_removals()
    {
        var random = new Random(7);
        var expected = new Dictionary<BlobId, BlobInfo>();
        using (var index = BlobIndex.Open(File, Boot))
        {
            // More than the first size takes, so that it doubles while slots are removed and used again.
            for (var i = 0; i < 120_000; i++)
            {
                var id = Id(random.Next(80_000));
                if (random.Next(3) == 0)
                {
                    Assert.Equal(expected.Remove(id), index.Remove(id));
                }
                else
                {
                    var info = new BlobInfo(id, random.NextInt64(1L << 40), Time.AddTicks(i));
                    expected[id] = info;
                    index.Add([info]);
                }
            }

            AssertEqual(expected, index);
        }

        using var again = BlobIndex.Open(File, Guid.NewGuid());
        Assert.True(again.IsTrusted);
        AssertEqual(expected, again);
    }

    [Fact]
    public void It_is_trusted_after_a_kill_and_not_after_the_machine_was_started_again()
    {
        // Not disposed: what a killed process leaves is what it wrote into the mapped pages.
        var killed = BlobIndex.Open(File, Boot);
        killed.Add([new BlobInfo(Id(1), 5, Time), new BlobInfo(Id(2), 7, Time)]);
        killed.Remove(Id(2));

        var after = BlobIndex.Open(File, Boot);
        Assert.True(after.IsTrusted);
        Assert.Equal((1, 5), (after.Blobs, after.Bytes));

        using var rebooted = BlobIndex.Open(File, Guid.NewGuid());
        Assert.False(rebooted.IsTrusted);
        Assert.Equal(0, rebooted.Blobs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("RpcStore index 1")]
    [InlineData("something else that is long enough to hold a header, but is none and must not be believed at all, whatever it says")]
    public void A_file_that_is_no_index_is_made_anew(string content)
    {
        System.IO.File.WriteAllText(File, content);
        using var index = BlobIndex.Open(File, Boot);
        Assert.False(index.IsTrusted);
        Assert.Equal(0, index.Blobs);
    }

    [Fact]
    public void The_two_digests_do_not_meet()
    {
        var digest = new byte[BlobId.DigestLength];
        using var index = BlobIndex.Open(File, Boot);
        index.Add([new BlobInfo(BlobId.FromDigest(DigestFunction.Sha256, digest), 1, Time)]);
        var present = new bool[1];
        index.Find([BlobId.FromDigest(DigestFunction.Blake2b, digest)], present);
        Assert.False(present[0]);
    }

    private static void AssertEqual(Dictionary<BlobId, BlobInfo> expected, BlobIndex index)
    {
        var ids = Enumerable.Range(0, 80_000).Select(Id).ToArray();
        var infos = new BlobInfo?[ids.Length];
        var present = new bool[ids.Length];
        index.Stat(ids, infos);
        index.Find(ids, present);
        for (var i = 0; i < ids.Length; i++)
        {
            Assert.Equal(expected.TryGetValue(ids[i], out var info) ? info : null, infos[i]);
            Assert.Equal(expected.ContainsKey(ids[i]), present[i]);
        }

        Assert.Equal(expected.Count, index.Blobs);
        Assert.Equal(expected.Values.Sum(info => info.Size), index.Bytes);
    }

    private static BlobId Id(int number) =>
        BlobId.Compute(DigestFunction.Sha256, System.Text.Encoding.ASCII.GetBytes($"{number}"));
}

using RpcStore.Core.Blobs;
using RpcStore.Core.Blobs.Directory;
using RpcStore.Core.Blobs.Index;
using RpcStore.Digests;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Blobs;

/// <summary>A delete at each step of a commit of the same blob: afterwards directory and index agree.</summary>
public sealed class NameGuardTests : IDisposable
{
    private static readonly byte[] Content = "guarded"u8.ToArray();
    private static readonly BlobId Id = BlobId.Compute(DigestFunction.Sha256, Content);

    private readonly TemporaryDirectory temporary = new();
    private readonly BlobLayout layout;
    private readonly BlobIndex index;
    private readonly NameGuard names;

    public NameGuardTests()
    {
        layout = new BlobLayout(temporary.Combine("blobs"));
        Directory.CreateDirectory(Path.GetDirectoryName(layout.FileOf(Id))!);
        index = BlobIndex.Open(temporary.Combine("index"), Guid.NewGuid());
        names = new NameGuard(layout, index);
    }

    private bool HasFile => File.Exists(layout.FileOf(Id));

    private bool IsNamed
    {
        get
        {
            var present = new bool[1];
            index.Find([Id], present);
            return present[0];
        }
    }

    public void Dispose()
    {
        index.Dispose();
        temporary.Dispose();
    }

    [Fact]
    public void A_delete_before_the_names_are_known_counts_as_before_the_commit()
    {
        using var commit = Begin();
        WriteFile();
        Assert.False(Delete());
        Complete(commit);
        Assert.Equal((true, true), (HasFile, IsNamed));
    }

    [Fact]
    public void A_delete_after_the_names_are_known_removes_the_file_although_the_commit_still_cleans_up()
    {
        using var commit = Begin();
        WriteFile();
        Complete(commit);
        Assert.True(Delete());
        Assert.Equal((false, false), (HasFile, IsNamed));
    }

    [Fact]
    public void A_delete_during_a_second_commit_leaves_the_blob_to_it()
    {
        using var second = Begin();
        using (var first = Begin())
        {
            WriteFile();
            Complete(first);
        }

        Assert.True(Delete());
        Assert.Equal((true, false), (HasFile, IsNamed));
        Complete(second);
        Assert.Equal((true, true), (HasFile, IsNamed));
    }

    [Fact]
    public void A_delete_during_a_second_commit_that_fails_removes_the_file_in_the_end()
    {
        using (Begin())
        {
            using (var first = Begin())
            {
                WriteFile();
                Complete(first);
            }

            Assert.True(Delete());
        }

        Assert.Equal((false, false), (HasFile, IsNamed));
        Assert.False(Delete());
    }

    [Fact]
    public void A_commit_that_fails_keeps_what_nobody_deleted()
    {
        using (var first = Begin())
        {
            WriteFile();
            Complete(first);
        }

        Begin().Dispose();
        Assert.Equal((true, true), (HasFile, IsNamed));
    }

    private NameGuard.Commit Begin()
    {
        index.Reserve(1);
        return names.Begin([Id]);
    }

    private void WriteFile() => File.WriteAllBytes(layout.FileOf(Id), Content);

    private static void Complete(NameGuard.Commit commit) =>
        commit.Complete([new BlobInfo(Id, Content.Length, new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero))]);

    private bool Delete() => names.Remove(Id, id =>
    {
        var hadFile = File.Exists(layout.FileOf(id));
        File.Delete(layout.FileOf(id));
        return hadFile;
    });
}

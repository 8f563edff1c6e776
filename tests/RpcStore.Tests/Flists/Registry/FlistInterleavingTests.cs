using FsCheck;
using FsCheck.Fluent;
using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Core.Flists.Registry;
using RpcStore.Digests;
using Xunit;
using static RpcStore.Tests.Flists.Registry.FlistsUnderTest;

namespace RpcStore.Tests.Flists.Registry;

/// <summary>Uploads, deletions and readers all at once: a flist that can be opened has every blob.</summary>
public sealed class FlistInterleavingTests
{
    private const int Names = 3;
    private const int Contents = 5;

    [Fact]
    public void No_interleaving_takes_a_blob_from_a_flist_that_is_there()
    {
        // What each of four callers does, one thing after another: upload a content under a name, delete a name, delete blobs, read.
        var step = Gen.Choose(0, (4 * Names * Contents) - 1).ArrayOf().Resize(12);
        var property = Prop.ForAll(Arb.From(step.ArrayOf(4), _ => []), steps => RunAsync(steps).GetAwaiter().GetResult());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Environment.GetEnvironmentVariable("RPCSTORE_LONG") is null ? 25 : 1000), property);
    }

    /// <summary>Files that the contents share with each other in different ways.</summary>
    private static string[] Content(int number) => [.. Enumerable.Range(0, 4).Select(i => $"0 f{i}={(number * (i + 1)) % Contents}")];

    private static async Task RunAsync(int[][] callers)
    {
        await using var flists = await FlistsUnderTest.OpenAsync(new EmptyBlobStore(new HesitantBlobStore(new MemoryBlobStore())));
        await Task.WhenAll(callers.Select(steps => Task.Run(async () =>
        {
            foreach (var step in steps)
            {
                await RunAsync(flists, step % 4, step / 4 % Names, step / 4 / Names);
            }
        })));

        for (var name = 0; name < Names; name++)
        {
            await ReadAsync(flists, name);
            await DeleteAsync(flists, name);
        }

        await flists.AssertLeftAsync(0);
    }

    private static Task RunAsync(FlistsUnderTest flists, int what, int name, int content) => what switch
    {
        0 => flists.UploadAsync($"n{name}", Content(content)),
        1 => DeleteAsync(flists, name),
        2 => flists.Operations.DeleteAsync(Enumerable.Range(0, Contents).Select(i => BlobOf($"{i}")).ToArray(), force: false, default).AsTask(),
        _ => ReadAsync(flists, name),
    };

    private static async Task DeleteAsync(FlistsUnderTest flists, int name)
    {
        try
        {
            await flists.Registry.DeleteAsync(Key($"n{name}"));
        }
        catch (StoreException e) when (e.Fault == Fault.NotFound && Equals(e.Details["reason"], "flist"))
        {
            // Another caller was faster, or nobody had made it.
        }
    }

    private static async Task ReadAsync(FlistsUnderTest flists, int name)
    {
        FlistLease lease;
        try
        {
            lease = await flists.Registry.OpenAsync(Key($"n{name}"), FlistViewer.All);
        }
        catch (StoreException e) when (e.Fault == Fault.NotFound && Equals(e.Details["reason"], "flist"))
        {
            return;
        }

        using (lease)
        {
            for (var i = 0; i < 4; i++)
            {
                Assert.NotEmpty(await flists.ReadAsync(lease, $"f{i}"));
            }
        }
    }

    /// <summary>Lets others in wherever it can.</summary>
    private sealed class HesitantBlobStore(IBlobStore inner) : DelegatingBlobStore(inner)
    {
        public override async ValueTask RemoveAsync(
            ReadOnlyMemory<BlobId> ids, Memory<bool> removed, BlobRemoval removal, CancellationToken cancellationToken)
        {
            await Task.Yield();
            await base.RemoveAsync(ids, removed, removal, cancellationToken);
            await Task.Yield();
        }

        public override async ValueTask StatAsync(ReadOnlyMemory<BlobId> ids, Memory<BlobInfo?> infos, CancellationToken cancellationToken)
        {
            await Task.Yield();
            await base.StatAsync(ids, infos, cancellationToken);
        }

        public override async ValueTask<BlobReader?> OpenAsync(BlobId id, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return await base.OpenAsync(id, cancellationToken);
        }
    }
}

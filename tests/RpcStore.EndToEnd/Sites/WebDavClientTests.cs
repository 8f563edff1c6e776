using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Sites;

/// <summary>Other people's WebDAV clients list and read a site, and are told that they may not write.</summary>
public sealed class WebDavClientTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    [Fact]
    public async Task Rclone_lists_and_copies_the_site()
    {
        await Tools.NeedAsync("rclone");
        var copy = fixture.File("rclone");
        (await Command.ShellAsync(
            $"""
            set -e
            export RCLONE_CONFIG_SITE_TYPE=webdav RCLONE_CONFIG_SITE_URL={fixture.Url}
            timeout 60 rclone --config /dev/null copy site: {copy}
            diff -r -x litmus {fixture.Content} {copy}
            ! timeout 60 rclone --config /dev/null --retries 1 --low-level-retries 1 copyto {fixture.Content}/index.html site:new 2> {copy}.err
            grep -q 403 {copy}.err
            """)).ShouldSucceed();
    }

    [Fact]
    public async Task Cadaver_lists_and_fetches()
    {
        await Tools.NeedAsync("cadaver");
        var fetched = fixture.File("cadaver.bin");
        var said = (await Command.ShellAsync(
            $"printf 'ls\\ncd sub\\nls\\nget big.bin {fetched}\\nput {fixture.Content}/index.html\\nquit\\n' | HOME={fixture.File("")} timeout 60 cadaver {fixture.Url}"))
            .ShouldSucceed().Output;
        Assert.Contains("Coll:   sub", said, StringComparison.Ordinal);
        Assert.Contains("a b ü.txt", said, StringComparison.Ordinal);
        Assert.Contains("403", said, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(fixture.Content, "sub", "big.bin")), await File.ReadAllBytesAsync(fetched));
    }

    [Fact]
    public async Task Davfs2_mounts_the_site()
    {
        await Tools.NeedAsync("mount.davfs");
        Assert.SkipUnless(File.Exists("/dev/fuse") && Environment.UserName == "root", "Mounting needs root and /dev/fuse.");
        var (mount, cache, settings) = (fixture.File("mount"), fixture.File("cache"), fixture.File("davfs2.conf"));
        Directory.CreateDirectory(mount);

        // The server has no locks; a small buffer is more than some kernels take for a listing.
        await File.WriteAllTextAsync(settings, $"use_locks 0\nask_auth 0\nbuf_size 256\ncache_dir {cache}\n");
        (await Command.ShellAsync(
            $"""
            mkdir -m 777 {cache} && chmod 711 $(dirname {cache})
            timeout 60 mount.davfs {fixture.Url} {mount} -o conf={settings},ro < /dev/null || exit 1
            trap 'timeout 60 umount {mount}' EXIT
            ls {mount}/sub | grep -q 'a b ü.txt' && cmp {mount}/sub/big.bin {fixture.Content}/sub/big.bin
            """)).ShouldSucceed();
    }

    /// <summary>litmus wants a folder of its own first, so something before the server says that there is one.</summary>
    [Fact]
    public async Task Litmus_passes_where_it_does_not_write()
    {
        await Tools.NeedAsync("litmus");
        await using var before = LitmusProxy.Start(fixture.Server.Port);
        var said = (await Command.ShellAsync(
            $"cd {fixture.File("")} && TESTS='basic props' timeout 60 litmus -k http://127.0.0.1:{before.Port}/docs/ 2>&1 || true")).Output;
        Assert.Matches(@"options\.+ WARNING: server does not claim Class 2 compliance\s+\.+ pass", said);
        foreach (var test in new[] { "propfind_invalid", "propfind_invalid2", "propfind_d0" })
        {
            Assert.Matches($@"{test}\.+ pass", said);
        }
    }
}

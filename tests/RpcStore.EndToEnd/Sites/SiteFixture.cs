using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Sites;

/// <summary>A server that shows one site, made of a folder, and what is in it.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private ServerProcess? server;

    /// <summary>The folder that was published.</summary>
    public string Content => folder.File("content");

    /// <summary>Where the site is.</summary>
    public string Url => $"http://127.0.0.1:{Server.Port}/docs/";

    internal ServerProcess Server => server ?? throw new InvalidOperationException("The server was not started.");

    /// <summary>A new name in a folder that is removed.</summary>
    public string File(string name) => folder.File(name);

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(Content, "img"));
        Directory.CreateDirectory(Path.Combine(Content, "sub"));
        Directory.CreateDirectory(Path.Combine(Content, "litmus"));
        await Write("index.html", """
            <!doctype html><html><head><meta charset="utf-8"><title>Site</title><link rel="stylesheet" href="style.css"></head>
            <body><h1>Hello</h1><p id="seen"></p><img id="picture" src="img/picture.svg" alt=""><script src="app.js"></script></body></html>
            """);
        await Write("style.css", "body{background:rgb(1,2,3)}");
        await Write("app.js", """
            addEventListener("load", () => document.getElementById("seen").textContent =
              getComputedStyle(document.body).backgroundColor + " " + document.getElementById("picture").naturalWidth);
            """);
        await Write("img/picture.svg", """<svg xmlns="http://www.w3.org/2000/svg" width="321" height="10"><rect width="321" height="10"/></svg>""");
        await Write("sub/a b ü.txt", "text");
        await System.IO.File.WriteAllBytesAsync(Path.Combine(Content, "sub", "big.bin"), System.Security.Cryptography.RandomNumberGenerator.GetBytes(3_000_000));
        server = await ServerProcess.StartAsync(folder.Path);
        (await RunAsync("flists", "upload", Content, "--name", "site")).ShouldSucceed();
        (await RunAsync("sites", "publish", "site", "--prefix", "/docs", "--public", "--index", "--webdav")).ShouldSucceed();
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
    }

    internal Task<CommandResult> RunAsync(params string[] arguments) =>
        Command.RpcStoreAsync(["--server", $"unix:{Server.Socket}", .. arguments]);

    private Task Write(string name, string text) => System.IO.File.WriteAllTextAsync(Path.Combine(Content, name), text);
}

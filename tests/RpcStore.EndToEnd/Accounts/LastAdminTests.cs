using System.Net.Http.Headers;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Accounts;

/// <summary>Over the network nobody can leave the server without an admin; on the local socket the local admin can.</summary>
public sealed class LastAdminTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private readonly AdminClient local = new(fixture.Socket);

    public async ValueTask InitializeAsync()
    {
        // Admins who cannot log in do not count.
        if ((await local.CallAsync("accounts.list"))["accounts"]!.AsArray().Count == 0)
        {
            await local.CallAsync("accounts.create", """{"name":"no-key","role":"admin"}""");
            using var disabled = await Visitor.CreateAsync(fixture.Server, local, "disabled", "admin");
            await local.CallAsync("accounts.update", """{"name":"disabled","disabled":true}""");
        }
    }

    public ValueTask DisposeAsync()
    {
        local.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("accounts.delete", "", "unauthenticated")]
    [InlineData("accounts.update", ""","role":"user" """, "forbidden")]
    [InlineData("accounts.update", ""","disabled":true""", "unauthenticated")]
    [InlineData("accounts.removeKey", ""","fingerprint":"FINGERPRINT" """, "unauthenticated")]
    public async Task The_last_admin_goes_on_the_local_socket_alone(string method, string more, string afterwards)
    {
        using var admin = await Visitor.CreateAsync(fixture.Server, local, "last", "admin");
        using var second = await Visitor.CreateAsync(fixture.Server, local, "second", "admin");
        var parameters = $$"""{"name":"last"{{more.Replace("FINGERPRINT", admin.Key.PublicKey.Fingerprint, StringComparison.Ordinal)}}}""";

        // As long as there are two, either may take away the other.
        await admin.Http.CallAsync("accounts.delete", """{"name":"second"}""");
        await RefusedAsync(admin.Http);

        // Who acts decides, not where: a token on the local socket is still that of an account.
        using var there = new AdminClient(fixture.Socket);
        there.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", admin.Token);
        await RefusedAsync(there.Http);
        Assert.Equal("admin", (string?)(await admin.Http.CallAsync("auth.whoami"))["role"]);

        await local.CallAsync(method, parameters);
        if (afterwards == "forbidden")
        {
            Assert.Equal("forbidden", (await admin.Http.RefusedAsync("accounts.list")).Name);
        }
        else
        {
            using var response = await admin.Http.GetAsync("/openrpc.json");
            Assert.Equal(401, (int)response.StatusCode);
        }

        var left = await local.CallAsync("accounts.list");
        if (left["accounts"]!.AsArray().Any(account => (string?)account!["name"] == "last"))
        {
            await local.CallAsync("accounts.delete", """{"name":"last"}""");
        }

        async Task RefusedAsync(HttpClient http)
        {
            var refused = await http.RefusedAsync(method, parameters);
            Assert.Equal(("conflict", "lastAdmin"), (refused.Name, (string?)refused.Error["data"]!["reason"]));
            Assert.Contains("local socket", refused.Message);
        }
    }
}

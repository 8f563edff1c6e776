using System.Text.Json.Nodes;
using RpcStore.Keys;

namespace RpcStore.EndToEnd.Support;

/// <summary>Somebody with a key and a place of their own for logins, who types commands.</summary>
internal sealed class Person(string folder)
{
    private readonly Dictionary<string, string> environment = new() { ["XDG_STATE_HOME"] = Path.Combine(folder, "state") };

    /// <summary>The file of the private key; the public one has <c>.pub</c> behind it.</summary>
    public string Key { get; } = Path.Combine(folder, "key");

    /// <summary>Where the command keeps logins.</summary>
    public string State { get; } = Path.Combine(folder, "state", "rpcstore");

    /// <summary>Makes a person with a new key and, if a name is given, an account.</summary>
    /// <param name="folder">Where what is theirs goes.</param>
    /// <param name="server">Where the account is made, by the local admin.</param>
    /// <param name="account">Its name.</param>
    /// <param name="role">Its role.</param>
    public static async Task<Person> CreateAsync(string folder, ServerProcess server, string? account, string role = "user")
    {
        // What `keys new` and `accounts add` do, without two processes for each of the many people.
        Directory.CreateDirectory(folder);
        var person = new Person(folder);
        using var key = PrivateKey.Generate();
        PrivateKeyFile.Create(person.Key, key);
        await File.WriteAllTextAsync(person.Key + ".pub", key.PublicKey.Text + "\n");
        if (account is not null)
        {
            using var admin = new AdminClient(server.Socket);
            await admin.CallAsync(
                "accounts.create",
                new JsonObject { ["name"] = account, ["role"] = role, ["publicKey"] = key.PublicKey.Text }.ToJsonString());
        }

        return person;
    }

    /// <summary>Runs a command as this person.</summary>
    /// <param name="url">The server.</param>
    /// <param name="arguments">The rest of the command.</param>
    public Task<CommandResult> RunAsync(string url, params string[] arguments) =>
        Command.RunAsync(Repository.Command, ["--server", url, .. arguments], environment: environment);

    /// <summary>Starts a command as this person that is ended later.</summary>
    public RunningCommand Start(string url, params string[] arguments) =>
        RunningCommand.Start(Repository.Command, ["--server", url, .. arguments], environment);

    public async Task LoginAsync(string url) => (await RunAsync(url, "login", "--key", Key)).ShouldSucceed();

    public string Fingerprint()
    {
        using var key = PrivateKeyFile.Read(Key);
        return key.PublicKey.Fingerprint;
    }
}

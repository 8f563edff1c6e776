using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Faults;

/// <summary>What tests of failing disks have in common.</summary>
internal static class DiskTools
{
    /// <summary>All of these are here, with their bytes.</summary>
    public static async Task AssertReadableAsync(AdminClient client, IReadOnlyList<TestBlob> blobs)
    {
        Assert.Equal(blobs.Count, (await client.FindAsync(blobs.Select(blob => blob.Id))).Count);
        foreach (var blob in blobs)
        {
            var isInline = blob.Bytes.Length <= 1 << 20;
            Assert.Equal(blob.Bytes, isInline ? await client.GetAsync(blob.Id) : await client.Http.GetByteArrayAsync("/blobs/" + blob.Id));
        }
    }

    /// <summary>The name of the error; null when it was stored.</summary>
    public static async Task<string?> TryPutAsync(AdminClient client, TestBlob blob)
    {
        try
        {
            await client.PutAsync(blob.Bytes);
            return null;
        }
        catch (CallFailedException e)
        {
            return e.Name;
        }
    }

    /// <summary>The name of the error in an answer; null when there is none.</summary>
    public static string? NameOf(JsonNode body) => body["error"]?["data"]?["name"]?.GetValue<string>();

    /// <summary>Changes the disks of this machine; where it does not let tests do that, the test is skipped.</summary>
    public static async Task ShellOrSkipAsync(string script)
    {
        var result = await Command.ShellAsync(script);
        Assert.SkipUnless(result.ExitCode == 0, $"This machine does not let tests change its disks: {result.Error.Trim()}");
    }
}

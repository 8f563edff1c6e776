namespace RpcStore.EndToEnd.Support;

/// <summary>Work that goes on until the server is killed.</summary>
internal static class Killed
{
    /// <summary>Does a step again and again until the connection breaks.</summary>
    /// <param name="seed">Makes the same choices again.</param>
    /// <param name="step">One step.</param>
    public static async Task UntilAsync(int seed, Func<Random, Task> step)
    {
        var random = new Random(seed);
        try
        {
            while (true)
            {
                await step(random);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The kill. What was asked last has no answer.
        }
    }
}

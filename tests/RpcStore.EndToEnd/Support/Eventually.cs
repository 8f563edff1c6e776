namespace RpcStore.EndToEnd.Support;

/// <summary>Waits for what comes by itself, for as long as nobody would call it a hang.</summary>
internal static class Eventually
{
    private const int Milliseconds = 30_000;

    /// <summary>Waits until a condition holds, and fails when it does not.</summary>
    /// <param name="condition">Asked again and again.</param>
    /// <param name="otherwise">What to say when it never holds; asked at the end.</param>
    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<Task<string>> otherwise)
    {
        for (var deadline = Environment.TickCount64 + Milliseconds; !await condition();)
        {
            if (Environment.TickCount64 >= deadline)
            {
                Assert.Fail(await otherwise());
            }

            await Task.Delay(10);
        }
    }

    /// <inheritdoc cref="HoldsAsync(Func{Task{bool}}, Func{Task{string}})"/>
    public static Task HoldsAsync(Func<Task<bool>> condition, string otherwise) => HoldsAsync(condition, () => Task.FromResult(otherwise));

    /// <inheritdoc cref="HoldsAsync(Func{Task{bool}}, Func{Task{string}})"/>
    public static Task HoldsAsync(Func<bool> condition, string otherwise) =>
        HoldsAsync(() => Task.FromResult(condition()), otherwise);
}

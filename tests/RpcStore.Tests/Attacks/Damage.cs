namespace RpcStore.Tests.Attacks;

/// <summary>Changes to well-formed input.</summary>
internal static class Damage
{
    /// <summary>Mostly a few bytes changed, taken out or doubled; sometimes nothing, sometimes all.</summary>
    /// <param name="bytes">What is well-formed.</param>
    /// <param name="random">Makes the choices.</param>
    /// <param name="favourites">Bytes that mean something in this format.</param>
    public static byte[] Do(byte[] bytes, Random random, ReadOnlySpan<byte> favourites)
    {
        var damaged = bytes.ToList();
        for (var change = random.Next(5); change > 0 && damaged.Count > 0; change--)
        {
            var position = random.Next(damaged.Count);
            switch (random.Next(5))
            {
                case 0:
                    damaged[position] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged[position] = favourites[random.Next(favourites.Length)];
                    break;
                case 2:
                    damaged.RemoveAt(position);
                    break;
                case 3:
                    damaged.InsertRange(position, damaged[position..Math.Min(damaged.Count, position + random.Next(50))]);
                    break;
                default:
                    damaged.RemoveRange(position, random.Next(damaged.Count - position));
                    break;
            }
        }

        return [.. damaged];
    }
}

using System.Globalization;

namespace RpcStore.Cli.Configuration.Types;

/// <summary>How many bytes: a whole number, with or without a unit of 1024, such as <c>8MiB</c>.</summary>
/// <param name="min">The fewest.</param>
/// <param name="max">The most.</param>
internal sealed class BytesType(long min, long max) : SettingType<long>
{
    private static readonly (string Unit, long Bytes)[] Units =
        [("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10)];

    /// <inheritdoc/>
    public override string Placeholder => "BYTES";

    /// <inheritdoc/>
    public override string Allowed => $"bytes, or KiB, MiB, GiB or TiB, from {Format(min)} to {Format(max)}";

    /// <inheritdoc/>
    public override string Format(long value)
    {
        var (unit, size) = value == 0 ? ("", 1) : Units.FirstOrDefault(unit => value % unit.Bytes == 0, ("", 1));
        return string.Create(CultureInfo.InvariantCulture, $"{value / size}{unit}");
    }

    /// <inheritdoc/>
    protected override long Parse(string text)
    {
        var (unit, size) = Units.FirstOrDefault(unit => text.EndsWith(unit.Unit, StringComparison.Ordinal), ("", 1));
        return long.TryParse(text[..^unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= max / size
            && count * size >= min
                ? count * size
                : throw Refuse(text);
    }
}

using System.Globalization;

namespace RpcStore.Cli.Configuration.Types;

/// <summary>How long: a whole number with its unit, such as <c>90s</c>; without one it is seconds.</summary>
/// <param name="min">The shortest.</param>
/// <param name="max">The longest.</param>
internal sealed class DurationType(TimeSpan min, TimeSpan max) : SettingType<TimeSpan>
{
    private static readonly (string Unit, long Seconds)[] Units = [("d", 86400), ("h", 3600), ("m", 60), ("s", 1)];

    /// <inheritdoc/>
    public override string Placeholder => "DURATION";

    /// <inheritdoc/>
    public override string Allowed => $"a duration in s, m, h or d, from {Format(min)} to {Format(max)}";

    /// <inheritdoc/>
    public override string Format(TimeSpan value)
    {
        var seconds = (long)value.TotalSeconds;
        var (unit, size) = seconds == 0 ? Units[^1] : Units.First(unit => seconds % unit.Seconds == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / size}{unit}");
    }

    /// <inheritdoc/>
    protected override TimeSpan Parse(string text)
    {
        var (unit, size) = Units.FirstOrDefault(unit => text.EndsWith(unit.Unit, StringComparison.Ordinal), ("", 1));
        return long.TryParse(text[..^unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= (long)max.TotalSeconds / size
            && TimeSpan.FromSeconds(count * size) is var value && value >= min
                ? value
                : throw Refuse(text);
    }
}

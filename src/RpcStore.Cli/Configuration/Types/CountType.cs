using System.Globalization;

namespace RpcStore.Cli.Configuration.Types;

/// <summary>How many: a whole number.</summary>
/// <param name="min">The fewest.</param>
/// <param name="max">The most.</param>
internal sealed class CountType(int min, int max) : SettingType<int>
{
    /// <inheritdoc/>
    public override string Placeholder => "N";

    /// <inheritdoc/>
    public override string Allowed => string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}");

    /// <inheritdoc/>
    public override string Format(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override int Parse(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw Refuse(text);
}

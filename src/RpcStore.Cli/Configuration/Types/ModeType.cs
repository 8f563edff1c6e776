namespace RpcStore.Cli.Configuration.Types;

/// <summary>The mode of a file, in octal as <c>chmod</c> takes it.</summary>
internal sealed class ModeType : SettingType<UnixFileMode>
{
    private const int Octal = 8;

    /// <inheritdoc/>
    public override string Placeholder => "MODE";

    /// <inheritdoc/>
    public override string Allowed => "a mode in octal, from 0600 to 0777";

    /// <inheritdoc/>
    public override string Format(UnixFileMode value) => Convert.ToString((int)value, Octal).PadLeft(4, '0');

    /// <inheritdoc/>
    protected override UnixFileMode Parse(string text)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (text.Length is < 3 or > 4 || text.Any(digit => digit is < '0' or > '7'))
        {
            throw Refuse(text);
        }

        // Without the owner nobody but root could use it, not even the server's own commands.
        var mode = (UnixFileMode)Convert.ToInt32(text, Octal);
        const UnixFileMode All = (UnixFileMode)511;
        return (mode & Owner) == Owner && (mode & ~All) == 0 ? mode : throw Refuse(text);
    }
}

namespace RpcStore.Cli.Configuration.Types;

/// <summary>What the values of a setting look like. Stateless.</summary>
/// <typeparam name="T">A value, understood.</typeparam>
internal abstract class SettingType<T>
{
    /// <summary>What stands for a value in the help.</summary>
    public abstract string Placeholder { get; }

    /// <summary>What is allowed, as the object of "takes".</summary>
    public abstract string Allowed { get; }

    /// <summary>Whether there may be several values.</summary>
    public virtual bool IsList => false;

    /// <summary>Whether the flag may stand alone, which means <c>true</c>.</summary>
    public virtual bool IsSwitch => false;

    /// <summary>Understands what somebody wrote.</summary>
    /// <param name="texts">The values; one, unless this is a list.</param>
    /// <exception cref="FormatException">It is not allowed; the message continues the name of the setting.</exception>
    public virtual T Parse(IReadOnlyList<string> texts) =>
        texts is [var only] ? Parse(only) : throw new FormatException($" takes one value, not {texts.Count}");

    /// <summary>Writes a value so that <see cref="Parse(IReadOnlyList{string})"/> understands it.</summary>
    public abstract string Format(T value);

    /// <summary>Understands one value.</summary>
    /// <exception cref="FormatException">As <see cref="Parse(IReadOnlyList{string})"/>.</exception>
    protected abstract T Parse(string text);

    /// <summary>The error for a value that is not allowed.</summary>
    protected FormatException Refuse(string text) => new($" takes {Allowed}, not '{text}'");
}

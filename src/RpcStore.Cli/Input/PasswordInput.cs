using System.Text;

namespace RpcStore.Cli.Input;

/// <summary>Reads a password from where no other program sees it: a terminal without echo, standard input or a file.</summary>
internal static class PasswordInput
{
    // More than any password has; what is longer was not meant as one.
    private const int MaxCharacters = 4096;

    /// <summary>Reads it.</summary>
    /// <param name="file">A file; <c>-</c> is standard input; null asks at the terminal where there is one.</param>
    /// <param name="cancellationToken">Ends the wait for standard input or the file.</param>
    /// <exception cref="UsageException">There is none, it was typed differently twice, or it has more than one line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<string> ReadAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null && !Console.IsInputRedirected)
        {
            return Ask();
        }

        using var reader = file is null or "-" ? Console.In : new StreamReader(file, new UTF8Encoding(false, true));
        var text = new char[MaxCharacters];
        var length = await reader.ReadBlockAsync(text, cancellationToken);
        var password = new string(text, 0, length);
        password = password.EndsWith('\n') ? password[..^1] : password;
        password = password.EndsWith('\r') ? password[..^1] : password;
        return password switch
        {
            "" => throw new UsageException("there is no password: the input is empty"),
            _ when length == MaxCharacters || password.Contains('\n') => throw new UsageException("the input has more than one line, or is too long for a password"),
            _ => password,
        };
    }

    private static string Ask()
    {
        var password = ReadHidden("New password: ");
        return password == ReadHidden("The same again: ") ? password : throw new UsageException("the passwords differ; nothing was changed");
    }

    private static string ReadHidden(string prompt)
    {
        Console.Error.Write(prompt);
        var text = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                Console.Error.WriteLine();
                return text.ToString();
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                text.Length = Math.Max(0, text.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                text.Append(key.KeyChar);
            }
        }
    }
}

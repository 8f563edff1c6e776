using System.Text;

namespace RpcStore.Tests.JsonRpc.Support;

/// <summary>Well-formed JSON of many shapes.</summary>
internal static class RandomJson
{
    private static readonly string[] Strings =
        ["", "a", "{", "}]", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude42", "Grüße", "🙂", "jsonrpc", "\\\\\\\"", new string('x', 100)];

    private static readonly string[] Scalars = ["null", "true", "false", "0", "-1", "1.5e-10", "12345678901234567890", "\"s\""];

    /// <summary>An object or an array.</summary>
    public static string Message(Random random)
    {
        var text = new StringBuilder();
        Append(text, random, depth: 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Random random, int depth)
    {
        var kind = depth == 0 ? random.Next(2) : random.Next(depth > 5 ? 2 : 0, 6);
        switch (kind)
        {
            case 0 or 1:
                text.Append(kind == 0 ? '{' : '[');
                for (var member = random.Next(5); member > 0; member--)
                {
                    AppendSpace(text, random);
                    if (kind == 0)
                    {
                        text.Append('"').Append(random.GetItems(Strings, 1)[0]).Append("\":");
                    }

                    Append(text, random, depth + 1);
                    AppendSpace(text, random);
                    text.Append(member > 1 ? "," : "");
                }

                text.Append(kind == 0 ? '}' : ']');
                break;

            case 2:
                text.Append('"').Append(random.GetItems(Strings, 1)[0]).Append('"');
                break;

            default:
                text.Append(random.GetItems(Scalars, 1)[0]);
                break;
        }
    }

    private static void AppendSpace(StringBuilder text, Random random) => text.Append(' ', random.Next(8) == 0 ? random.Next(40) : 0);
}

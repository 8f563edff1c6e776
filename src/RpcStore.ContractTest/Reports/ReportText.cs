using System.Globalization;
using System.Text;

namespace RpcStore.ContractTest.Reports;

/// <summary>How what comes from a server may stand in a report: it may hold anything.</summary>
internal static class ReportText
{
    /// <summary>Text without control characters and without what is no character: each becomes <c>\xNN</c> or <c>\uNNNN</c>.</summary>
    public static string Printable(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                clean.Append(text, i++, 2);
            }
            else if (char.IsControl(text[i]))
            {
                clean.Append(CultureInfo.InvariantCulture, $@"\x{(int)text[i]:x2}");
            }
            else if (char.IsSurrogate(text[i]) || text[i] >= '\ufffe')
            {
                clean.Append(CultureInfo.InvariantCulture, $@"\u{(int)text[i]:x4}");
            }
            else
            {
                clean.Append(text[i]);
            }
        }

        return clean.ToString();
    }

    /// <summary>What a case is called: its kind and its name.</summary>
    public static string NameOf(CaseReport report) => $"{WordOf(report.Kind)}: {report.Name}";

    /// <summary>An enum's member as reports write it: <c>invalidParams</c>.</summary>
    public static string WordOf<T>(T value)
        where T : struct, Enum => value.ToString() is var name ? char.ToLowerInvariant(name[0]) + name[1..] : "";

    /// <summary>Seconds, to a millisecond.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}

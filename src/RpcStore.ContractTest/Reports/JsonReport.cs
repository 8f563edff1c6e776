using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RpcStore.ContractTest.Reports;

/// <summary>A report for programs: one JSON object, as spec/contract-test.md has it.</summary>
public static class JsonReport
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes it.</summary>
    public static void Write(ContractReport report, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Layout))
        {
            Write(report, json);
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void Write(ContractReport report, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("contract", report.Contract);
        json.WriteString("server", report.Server);
        json.WriteString("started", report.Started.UtcDateTime);
        WriteSeconds(report.Elapsed, json);
        WriteCounts(report.Count, json);
        json.WriteStartArray("callers");
        foreach (var role in report.Roles)
        {
            json.WriteStartObject();
            json.WriteString("role", ReportText.WordOf(role.Role));
            WriteText("caller", role.Caller, json);
            WriteText("reason", role.Reason, json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("methods");
        foreach (var method in report.Methods)
        {
            Write(method, json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(MethodReport method, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", method.Name);
        WriteText("access", method.Access, json);
        WriteText("journal", method.Journal, json);
        WriteCounts(method.Count, json);
        WriteNames("errorsProvoked", method.ErrorsProvoked, json);
        WriteNames("errorsNotProvoked", method.ErrorsNotProvoked, json);
        json.WriteStartArray("cases");
        foreach (var one in method.Cases)
        {
            Write(one, json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(CaseReport one, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind", ReportText.WordOf(one.Kind));
        json.WriteString("name", one.Name);
        json.WriteString("outcome", ReportText.WordOf(one.Outcome));
        WriteText("reason", one.Reason, json);
        WriteText("role", one.Role is { } role ? ReportText.WordOf(role) : null, json);
        WriteSeconds(one.Elapsed, json);
        if (one.Outcome == Outcome.Failed)
        {
            WriteText("sent", one.Sent, json);
            WriteText("received", one.Received, json);
            WriteText("expected", one.Expected, json);
        }

        json.WriteEndObject();
    }

    private static void WriteCounts(Func<Outcome, int> count, Utf8JsonWriter json)
    {
        foreach (var outcome in Enum.GetValues<Outcome>())
        {
            json.WriteNumber(ReportText.WordOf(outcome), count(outcome));
        }
    }

    private static void WriteNames(string name, IReadOnlyList<string> names, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var one in names)
        {
            json.WriteStringValue(one);
        }

        json.WriteEndArray();
    }

    private static void WriteSeconds(TimeSpan time, Utf8JsonWriter json)
    {
        json.WritePropertyName("seconds");
        json.WriteRawValue(ReportText.Seconds(time));
    }

    private static void WriteText(string name, string? text, Utf8JsonWriter json)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}

using System.Globalization;
using System.Text;
using System.Xml;

namespace RpcStore.ContractTest.Reports;

/// <summary>A report in the XML of JUnit, as build servers read it: a suite for each method, a test case for each case.</summary>
public static class JUnitReport
{
    private static readonly XmlWriterSettings Layout = new() { Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.Entitize };

    /// <summary>Writes it.</summary>
    public static void Write(ContractReport report, TextWriter output)
    {
        using (var xml = XmlWriter.Create(output, Layout))
        {
            xml.WriteStartDocument();
            xml.WriteStartElement("testsuites");
            WriteText("name", $"{report.Contract} at {report.Server}", xml);
            WriteCounts(report.Count, report.Elapsed, xml);
            foreach (var method in report.Methods)
            {
                Write(method, report.Started, xml);
            }

            xml.WriteEndElement();
        }

        output.WriteLine();
    }

    private static void Write(MethodReport method, DateTimeOffset started, XmlWriter xml)
    {
        xml.WriteStartElement("testsuite");
        WriteText("name", method.Name, xml);
        WriteCounts(method.Count, TimeSpan.FromTicks(method.Cases.Sum(one => one.Elapsed.Ticks)), xml);
        WriteText("timestamp", started.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture), xml);
        foreach (var one in method.Cases)
        {
            xml.WriteStartElement("testcase");
            WriteText("classname", method.Name, xml);
            WriteText("name", ReportText.NameOf(one), xml);
            WriteText("time", ReportText.Seconds(one.Elapsed), xml);
            WriteOutcome(one, xml);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteOutcome(CaseReport one, XmlWriter xml)
    {
        if (one.Outcome == Outcome.Passed)
        {
            return;
        }

        xml.WriteStartElement(one.Outcome == Outcome.Failed ? "failure" : "skipped");
        WriteText("message", one.Reason ?? "", xml);
        if (one.Outcome == Outcome.Failed)
        {
            WriteText("type", ReportText.WordOf(one.Kind), xml);
            var facts = new StringBuilder();
            foreach (var (name, text) in ((string, string?)[])[("sent", one.Sent), ("received", one.Received ?? "nothing"), ("expected", one.Expected)])
            {
                facts.Append(CultureInfo.InvariantCulture, $"{name}: {ReportText.Printable(text ?? "")}\n");
            }

            xml.WriteString(facts.ToString());
        }

        xml.WriteEndElement();
    }

    private static void WriteCounts(Func<Outcome, int> count, TimeSpan elapsed, XmlWriter xml)
    {
        WriteText("tests", Enum.GetValues<Outcome>().Sum(count).ToString(CultureInfo.InvariantCulture), xml);
        WriteText("failures", count(Outcome.Failed).ToString(CultureInfo.InvariantCulture), xml);
        WriteText("errors", "0", xml);
        WriteText("skipped", count(Outcome.NotTried).ToString(CultureInfo.InvariantCulture), xml);
        WriteText("time", ReportText.Seconds(elapsed), xml);
    }

    private static void WriteText(string attribute, string text, XmlWriter xml) => xml.WriteAttributeString(attribute, ReportText.Printable(text));
}

using System.Text.Json.Nodes;
using System.Xml.Linq;
using RpcStore.ContractTest.Cases;
using RpcStore.ContractTest.Document;
using RpcStore.ContractTest.Reports;
using Xunit;

namespace RpcStore.Tests.ContractTest;

/// <summary>The same report in its three forms.</summary>
public sealed class ReportTests
{
    private const string Nasty = "\u0000\u001b[2J]]>&<\"\n\ud800\uffff😀";

    private static readonly ContractReport Report = new(
        "Sample " + Nasty,
        DateTimeOffset.UnixEpoch,
        TimeSpan.FromSeconds(1.5),
        [new RoleReport(CallerRole.Guest, null, "nobody came"), new RoleReport(CallerRole.Admin, "somebody", null)],
        [
            new("a.b", "user", "query", ["notFound"], ["internal"],
            [
                new(CaseKind.Example, "one", Outcome.Passed, null, TimeSpan.FromMilliseconds(2)) { Expected = "x" },
                new(CaseKind.Access, "guest is refused", Outcome.NotTried, "nobody came", TimeSpan.Zero) { Expected = "x", Role = CallerRole.Guest },
                new(CaseKind.InvalidParams, "p: " + Nasty, Outcome.Failed, Nasty, TimeSpan.FromMilliseconds(1)) { Sent = Nasty, Received = Nasty, Expected = "y" },
                new(CaseKind.Error, "internal: not provoked", Outcome.NotTried, "no example", TimeSpan.Zero),
            ]),
            new("c.d", null, null, [], [], [new(CaseKind.Example, "two", Outcome.Passed, null, TimeSpan.Zero) { Expected = "x" }]),
        ])
    { Server = "unix:/x" };

    [Fact]
    public void Json_and_JUnit_agree_with_one_another()
    {
        var json = JsonNode.Parse(Write(JsonReport.Write))!;
        var suites = XDocument.Parse(Write(JUnitReport.Write)).Root!;
        AssertAgree(json, suites);
        var methods = json["methods"]!.AsArray().ToDictionary(method => (string)method!["name"]!, method => method!);
        Assert.Equal(methods.Keys, suites.Elements("testsuite").Select(suite => (string)suite.Attribute("name")!));
        foreach (var suite in suites.Elements("testsuite"))
        {
            var method = methods[(string)suite.Attribute("name")!];
            AssertAgree(method, suite);
            Assert.Equal((int)suite.Attribute("tests")!, suite.Elements("testcase").Count());
            Assert.Equal((int)suite.Attribute("failures")!, suite.Elements("testcase").Elements("failure").Count());
            Assert.Equal((int)suite.Attribute("skipped")!, suite.Elements("testcase").Elements("skipped").Count());
        }
    }

    [Fact]
    public void What_a_server_sent_does_no_harm_in_any_form()
    {
        foreach (var text in (string[])[Write(TextReport.Write), Write(JsonReport.Write), Write(JUnitReport.Write)])
        {
            Assert.DoesNotContain(text, letter => char.IsControl(letter) && letter != '\n');
        }

        var failure = XDocument.Parse(Write(JUnitReport.Write)).Descendants("failure").Single();
        Assert.Equal(@"\x00\x1b[2J]]>&<""\x0a\ud800\uffff😀", (string)failure.Attribute("message")!);
        Assert.Contains(@"received: \x00\x1b[2J]]>", failure.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void People_see_a_line_a_method_what_failed_and_why_the_rest_was_not_tried()
    {
        var lines = Write(TextReport.Write).Split('\n');
        Assert.Contains("FAILED a.b  1 passed, 1 failed, 2 not tried; errors seen: notFound; errors not seen: internal", lines);
        Assert.Contains("ok     c.d  1 passed, 0 not tried", lines);
        Assert.Contains("         expected  y", lines);
        Assert.Contains("     1  nobody came", lines);
        Assert.Equal("2 passed, 1 failed, 2 not tried, in 1.500 s", lines[^2]);
        Assert.False(Report.HasPassed);
        Assert.True((Report with { Methods = [Report.Methods[1]] }).HasPassed);
        Assert.False((Report with { Methods = [] }).HasPassed);
    }

    private static void AssertAgree(JsonNode json, XElement xml)
    {
        Assert.Equal((int)json["failed"]!, (int)xml.Attribute("failures")!);
        Assert.Equal((int)json["notTried"]!, (int)xml.Attribute("skipped")!);
        Assert.Equal((int)json["passed"]! + (int)json["failed"]! + (int)json["notTried"]!, (int)xml.Attribute("tests")!);
    }

    private static string Write(Action<ContractReport, TextWriter> write)
    {
        var text = new StringWriter { NewLine = "\n" };
        write(Report, text);
        return text.ToString();
    }
}

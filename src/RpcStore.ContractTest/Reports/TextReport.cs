namespace RpcStore.ContractTest.Reports;

/// <summary>A report for people: a line a method, what failed below it, and a summary.</summary>
public static class TextReport
{
    /// <summary>Writes it.</summary>
    public static void Write(ContractReport report, TextWriter output)
    {
        output.WriteLine(ReportText.Printable($"{report.Contract} at {report.Server}"));
        foreach (var role in report.Roles)
        {
            output.WriteLine(ReportText.Printable($"  {ReportText.WordOf(role.Role),-6} {role.Caller ?? "nobody: " + role.Reason}"));
        }

        output.WriteLine();
        var width = report.Methods.Max(method => method.Name.Length);
        foreach (var method in report.Methods)
        {
            Write(method, width, output);
        }

        WriteUntried(report, output);
        output.WriteLine();
        WriteSummary(report, output);
    }

    /// <summary>Writes the last line alone.</summary>
    public static void WriteSummary(ContractReport report, TextWriter output) => output.WriteLine(
        $"{report.Count(Outcome.Passed)} passed, {report.Count(Outcome.Failed)} failed, {report.Count(Outcome.NotTried)} not tried, "
        + $"in {ReportText.Seconds(report.Elapsed)} s");

    private static void Write(MethodReport method, int width, TextWriter output)
    {
        var failed = method.Count(Outcome.Failed);
        var word = failed > 0 ? "FAILED" : method.Count(Outcome.Passed) > 0 ? "ok" : "-";
        var counts = $"{method.Count(Outcome.Passed)} passed" + (failed > 0 ? $", {failed} failed" : "") + $", {method.Count(Outcome.NotTried)} not tried";
        var errors = string.Concat(Errors("seen", method.ErrorsProvoked), Errors("not seen", method.ErrorsNotProvoked));
        output.WriteLine(ReportText.Printable($"{word,-6} {method.Name.PadRight(width)}  {counts}{errors}"));
        foreach (var one in method.Cases.Where(one => one.Outcome == Outcome.Failed))
        {
            output.WriteLine(ReportText.Printable($"       {ReportText.NameOf(one)}: {one.Reason}"));
            WriteFact("sent", one.Sent, output);
            WriteFact("received", one.Received ?? "nothing", output);
            WriteFact("expected", one.Expected, output);
        }
    }

    private static string Errors(string word, IReadOnlyList<string> names) => names.Count == 0 ? "" : $"; errors {word}: {string.Join(" ", names)}";

    private static void WriteFact(string name, string? text, TextWriter output)
    {
        if (text is not null)
        {
            output.WriteLine(ReportText.Printable($"         {name,-9} {text}"));
        }
    }

    /// <summary>Why cases were not tried, the errors apart that were told with their methods.</summary>
    private static void WriteUntried(ContractReport report, TextWriter output)
    {
        var cases = report.Methods.SelectMany(method => method.Cases.Where(one => one.Outcome == Outcome.NotTried && one.Expected is not null));
        var reasons = cases.GroupBy(one => one.Reason).OrderByDescending(group => group.Count()).ToArray();
        if (reasons.Length == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine("Not tried:");
        foreach (var reason in reasons)
        {
            output.WriteLine(ReportText.Printable($"{reason.Count(),6}  {reason.Key}"));
        }
    }
}

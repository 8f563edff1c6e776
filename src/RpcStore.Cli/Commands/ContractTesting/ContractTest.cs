using System.Text;
using RpcStore.Client.Files;
using RpcStore.ContractTest.Reports;
using RpcStore.ContractTest.Running;
using RpcStore.JsonRpc;

namespace RpcStore.Cli.Commands.ContractTesting;

/// <summary>Runs a contract test and writes its report. What it uses is loaded when it runs, not when another command does.</summary>
internal static class ContractTest
{
    /// <summary>Runs it.</summary>
    public static async Task<ExitCode> RunAsync(CommandContext context, ContractTestSettings settings)
    {
        // Before the test, which may take its time: a report that cannot be written is told at once.
        await using var file = settings.Output is { } path ? PartialFile.Create(path) : null;
        var document = await ContractSource.ReadAsync(context, settings);
        await using var callers = new TestCallers(context, settings);
        var options = new ContractTestOptions { Timeout = settings.Timeout, PlaysChanges = settings.PlaysChanges };
        ContractReport report;
        try
        {
            var test = new ContractTestRun(document, await callers.FindAsync(document), options);
            report = await test.RunAsync(context.Cancellation) with { Server = context.Server.ToString() };
        }
        catch (CallerLostException e)
        {
            throw e.InnerException ?? new RpcConnectionLostException(e.Message, e);
        }

        if (file is null)
        {
            Write(report, settings.Format, context.Output.Results);
        }
        else
        {
            await using (var writer = new StreamWriter(file.Stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true))
            {
                Write(report, settings.Format, writer);
            }

            await file.CommitAsync();
            TextReport.WriteSummary(report, context.Output.Results);
        }

        return report.HasPassed ? ExitCode.Done : ExitCode.No;
    }

    private static void Write(ContractReport report, string format, TextWriter output)
    {
        switch (format)
        {
            case "json":
                JsonReport.Write(report, output);
                break;
            case "junit":
                JUnitReport.Write(report, output);
                break;
            default:
                TextReport.Write(report, output);
                break;
        }
    }
}

using System.Diagnostics;

namespace RpcStore.Tests.Catalog;

/// <summary>Another program, <c>sqlite3</c>, that holds the lock for writing.</summary>
internal sealed class HeldLock : IDisposable
{
    private readonly Process process;

    public HeldLock(string file)
    {
        try
        {
            process = Process.Start(new ProcessStartInfo("sqlite3", [file])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Xunit.Assert.Skip("The program sqlite3 is not here.");
            throw;
        }

        process.StandardInput.WriteLine("begin immediate; select 'held';");
        process.StandardInput.Flush();
        Xunit.Assert.Equal("held", process.StandardOutput.ReadLine());
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}

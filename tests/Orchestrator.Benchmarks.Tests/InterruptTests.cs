using System.Diagnostics;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Benchmarks.Tests;

/// <summary>A benchmark that somebody stops half-way.</summary>
public sealed class InterruptTests
{
    private const string Mark = "ORCHESTRATOR_TEST_MARK";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Signal_WhileItMeasures_EndsItAndAllThatItStarted(string signal)
    {
        var mark = Guid.NewGuid().ToString();
        var start = new ProcessStartInfo("dotnet", [RepositoryFolder.Combine("tests", "Orchestrator.Benchmarks", "bin", RepositoryFolder.Configuration, "net10.0", "Orchestrator.Benchmarks.dll"), "--figures", "start-up", "--contenders", "SQLite", "--rounds", "1000"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Mark] = mark;
        using var benchmark = Process.Start(start)!;
        var output = benchmark.StandardOutput.ReadToEndAsync();
        var measured = await benchmark.StandardError.ReadLineAsync().WaitAsync(Patience);
        Assert.StartsWith("start-up 1/1000", measured, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Task.FromResult(Marked(mark).Count > 1), Patience, () => "It starts nothing more.");

        ProcessRunner.Run("/bin/sh", ["-c", $"kill -{signal} {benchmark.Id}"]);
        var errors = await benchmark.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await benchmark.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal((130, ""), (benchmark.ExitCode, await output));
        Assert.Contains("Interrupted.", errors, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Task.FromResult(Marked(mark).Count == 0), Patience, () => $"Left behind: {string.Join(", ", Marked(mark))}");
    }

    /// <summary>Those that inherited the mark: the benchmark and its children, wherever they are now.</summary>
    private static List<string> Marked(string mark) => [.. Directory.EnumerateDirectories("/proc").Where(folder => IsMarked(folder, mark))];

    private static bool IsMarked(string folder, string mark)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "environ")).Contains($"{Mark}={mark}", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

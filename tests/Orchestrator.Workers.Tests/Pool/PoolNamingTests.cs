using Orchestrator.TestKit;
using Orchestrator.Workers.Pool;

namespace Orchestrator.Workers.Tests.Pool;

public sealed class PoolNamingTests
{
    [Theory]
    [InlineData("python3", "{appDir}/workers/python/keywords_worker.py", "keywords_worker.py")]
    [InlineData("node", "--no-warnings dist/worker.mjs", "worker.mjs")]
    [InlineData("./bin/worker", "--config worker.json", "worker")]
    [InlineData("C:\\tools\\worker.exe", "", "worker.exe")]
    public void Name_OfACommand_IsItsScriptOrProgram(string command, string args, string expected)
    {
        var worker = new PoolWorkerOptions { Command = command, Args = [.. args.Split(' ', StringSplitOptions.RemoveEmptyEntries)] };
        Assert.Equal(expected, new PoolCommand(worker, new ProcessPoolOptions()).Name);
    }

    [Fact]
    public async Task Log_OfAnAttempt_StandsInItsScope()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        foreach (var attempt in (string[])["first", "second"])
        {
            using (pool.Log.BeginScope(attempt))
            {
                await pool.DoAsync("""{"do":"stderr-flood","lines":1}""");
            }

            var lines = attempt == "first" ? 1 : 2;
            await Eventually.TrueAsync(
                () => Task.FromResult(pool.Log.Lines.Count(static line => line.Contains(": eeee", StringComparison.Ordinal)) == lines),
                PoolHarness.Patience,
                () => string.Join('\n', pool.Log.Lines));
        }

        Assert.Equal(["first", "second"], pool.Log.ScopedLines.Where(static line => line.Contains(": eeee", StringComparison.Ordinal)).Select(static line => line.Split(':')[0]));
    }

    [Fact]
    public async Task Log_OfAProcess_SaysWhichWorkerItIs()
    {
        await using var pool = await PoolHarness.StartReadyAsync(options => options.Workers[0].Args[0] = "{configDir}/worker.py");
        var pid = await pool.PidAsync();
        await pool.DoAsync("""{"do":"stderr-flood","lines":1}""");
        await pool.StopAsync();

        Assert.Contains("Worker worker.py is ready for test.do.", pool.Log.Lines);
        Assert.Contains(pool.Log.Lines, line => line.StartsWith($"Worker process {pid} (worker.py): eeee", StringComparison.Ordinal));
        Assert.DoesNotContain(pool.Log.Lines, line => line.Contains("{configDir}", StringComparison.Ordinal));
    }
}

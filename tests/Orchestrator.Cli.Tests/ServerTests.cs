using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Cli.Tests;

/// <summary>Gateways that <c>orc</c> runs itself, and one that it drains.</summary>
public sealed class ServerTests
{
    [Fact]
    public async Task ServerDev_FromItsStartToCtrlC_SaysWhereItIsAndEndsWell()
    {
        using var folder = new SqliteFolder();
        await using var server = Orc.Start([], "server", "dev", "--listen", "http://127.0.0.1:0", "--data", folder.Path);
        var url = await server.ReadLineAsync();

        var done = await Orc.RunAsync("task", "submit", "generation.simulated", "--input", "{}", "--wait", "--url", url);
        var locked = await Orc.RunAsync("db", "verify", "--data", folder.Path);
        var silo = await Orc.RunAsync("silo", "list", "--url", url, "-o", "json");
        var drained = await Orc.RunAsync("silo", "drain", silo.Json.GetProperty("items")[0].GetProperty("name").GetString()!, "--url", url, "-o", "json");
        server.Signal("INT");
        var ended = await server.FinishAsync();
        var sound = await Orc.RunAsync("db", "verify", "--data", folder.Path);

        Assert.True(done.ExitCode == 0, done.Errors);
        Assert.Equal((75, ""), (locked.ExitCode, locked.Output));
        Assert.True(drained.Json.GetProperty("drainRequested").GetBoolean(), drained.Errors);
        Assert.Equal((0, ""), (ended.ExitCode, ended.Output));
        Assert.True(sound.ExitCode == 0, sound.Output + sound.Errors);
    }

    [Fact]
    public async Task Bench_OfAPrivateGateway_DoesEveryTaskAndLeavesNothing()
    {
        var result = await Orc.RunAsync("bench", "--tasks", "300", "--batch", "200");

        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.Equal((300, 300), (result.Number("tasks"), result.Number("completed")));
        Assert.InRange(result.Number("tasksPerSecond"), 1, 1_000_000);
        Assert.InRange(result.Json.GetProperty("latency").GetProperty("p99").GetDouble(), 0.1, 120_000);
    }

    [Fact]
    public async Task Completion_InBash_CompletesWhatWasBegun()
    {
        const string Complete = "source <(orc completion bash); COMP_LINE='orc task list --status c'; COMP_POINT=${#COMP_LINE}; _orc; echo \"${COMPREPLY[*]}\"";

        var result = await Task.Run(() => ProcessRunner.TryRun("bash", ["-c", $"orc() {{ dotnet '{Orc.Program}' \"$@\"; }}; {Complete}"]));

        Assert.Equal((0, "cancelled\ncompleted"), (result.ExitCode, result.Output.Trim().Replace(' ', '\n')));
    }
}

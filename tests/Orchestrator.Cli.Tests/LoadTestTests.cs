using System.Text.Json;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Cli.Tests;

public sealed class LoadTestTests
{
    private const string Simulated = "generation.simulated";

    /// <summary>What every change must pass.</summary>
    [Fact]
    public async Task LoadTest_TwelveRequestsFourAtATime_HasAMedianUnderThreeSeconds()
    {
        var result = await Orc.RunAsync("loadtest", "--requests", "12", "--concurrency", "4", "--threshold-ms", "3000");

        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.Equal((12, 12, 0, 0), (result.Number("requests"), result.Number("completed"), result.Number("retries"), result.Number("definitiveFailures")));
        Assert.InRange(result.Number("median"), 0.1, 3000);
        Assert.InRange(result.Number("p95"), result.Number("median"), result.Number("p99"));
        Assert.InRange(result.Number("queueMedian"), 0, result.Number("queueP95"));
        Assert.Equal("embedded", result.Json.GetProperty("target").GetString());
    }

    [PythonFact]
    public async Task LoadTest_OfAPool_RunsItsWorkers()
    {
        var result = await Orc.RunAsync("loadtest", "--pool-size", "3", "--requests", "20", "--concurrency", "6", "--threshold-ms", "2500");

        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.Equal(("generation.keywords", 3, 20), (result.Json.GetProperty("action").GetString(), result.Number("poolSize"), result.Number("completed")));
    }

    [Fact]
    public async Task LoadTest_WithoutTheProgramOfThePool_SaysSo()
    {
        using var folder = new SqliteFolder();
        var file = Path.Combine(folder.Path, "pool.json");
        await File.WriteAllTextAsync(file, """{"workers": [{"command": "no-such-python", "args": [], "actions": ["generation.keywords"]}]}""");

        var result = await Orc.RunWithAsync(new() { ["ORCHESTRATOR_CONFIG"] = file }, "loadtest", "--pool-size", "2");

        Assert.Equal((69, ""), (result.ExitCode, result.Output));
        Assert.Contains("Nobody can serve generation.keywords now", result.Errors, StringComparison.Ordinal);
        Assert.Contains("no-such-python", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadTest_MedianBeyondTheThreshold_Is1AndReports()
    {
        var result = await Orc.RunAsync("loadtest", "--requests", "3", "--threshold-ms", "20", "--action", Simulated, "--input", """{"latencyMs": 60}""");

        Assert.Equal((1, 0), (result.ExitCode, result.Number("definitiveFailures")));
        Assert.InRange(result.Number("median"), 60, 30_000);
        Assert.Contains("exceeds the threshold of 20 ms", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadTest_RequestsThatFailForGood_Is1AndCountsThem()
    {
        var result = await Orc.RunAsync("loadtest", "--requests", "3", "--input", """{"nothing": "to sum up"}""");

        Assert.Equal((1, 3, 0), (result.ExitCode, result.Number("definitiveFailures"), result.Number("completed")));
        Assert.Equal(3, result.Json.GetProperty("failures").GetProperty("invalid_input").GetInt32());
        Assert.Equal(JsonValueKind.Null, result.Json.GetProperty("median").ValueKind);
        Assert.Contains("3 of 3 requests failed for good", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--timeout-ms")]
    [InlineData("--request-timeout-ms")]
    public async Task LoadTest_RequestsThatTakeTooLong_HaveFailed(string option)
    {
        var result = await Orc.RunAsync("loadtest", "--requests", "2", option, "300", "--action", Simulated, "--input", """{"latencyMs": 60000}""");

        Assert.Equal((1, 2), (result.ExitCode, result.Json.GetProperty("failures").GetProperty("timeout").GetInt32()));
    }

    [Fact]
    public async Task LoadTest_AttemptsThatFail_AreRetriesAndNoFailures()
    {
        var result = await Orc.RunAsync("loadtest", "--requests", "30", "--concurrency", "30", "--action", Simulated, "--input", """{"errorRate": 0.2}""");

        Assert.InRange(result.Number("retries"), 1, 60);
        Assert.Equal(30, result.Number("completed") + result.Number("definitiveFailures"));
    }

    [Fact]
    public async Task LoadTest_OfAGatewayThatIsThere_LoadsIt()
    {
        using var folder = new SqliteFolder();
        await using var gateway = await ServiceProcess.StartGatewayAsync(new Dictionary<string, string> { ["ORCHESTRATOR_DATA"] = folder.Path });
        var url = gateway.Client.BaseAddress!.ToString();

        var result = await Orc.RunAsync("loadtest", "--url", url, "--requests", "5", "--workspace", "default");
        var stats = await gateway.Client.GetStringAsync(new Uri("/api/v1/stats", UriKind.Relative));

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Equal((url, 5), (result.Json.GetProperty("target").GetString(), result.Number("completed")));
        Assert.Contains("\"completed\":5", stats, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadTest_NobodyAnswers_Is69()
    {
        var result = await Orc.RunAsync("loadtest", "--url", "http://127.0.0.1:9");

        Assert.Equal((69, ""), (result.ExitCode, result.Output));
        Assert.Contains("http://127.0.0.1:9 cannot be reached", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadTest_NobodyServesTheAction_Is69AndNamesWhatIsServed()
    {
        var result = await Orc.RunAsync("loadtest", "--action", "nobody.does", "--input", "1");

        Assert.Equal((69, ""), (result.ExitCode, result.Output));
        Assert.Contains("No silo serves nobody.does; served are generation.", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadTest_Mistakes_Is64AndNamesEveryOne()
    {
        var result = await Orc.RunAsync(
            "loadtest", "--requests", "0", "--concurrency", "x", "--threshold-ms", "-1", "--pool-size", "2", "--url", "ftp://x",
            "--request-timeout-ms", "0", "--input", "{", "--bogus");

        Assert.Equal((64, ""), (result.ExitCode, result.Output));
        Assert.All(
            ["--requests", "--concurrency", "--threshold-ms", "--pool-size", "--url", "--timeout-ms", "--input", "--bogus"],
            option => Assert.Contains(option, result.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Orc_WithoutACommand_Is64AndHelpIs0()
    {
        var nothing = await Orc.RunAsync();
        var help = await Orc.RunAsync("loadtest", "--help");

        Assert.Equal((64, ""), (nothing.ExitCode, nothing.Output));
        Assert.Equal((0, ""), (help.ExitCode, help.Errors));
        Assert.Contains("orc loadtest --requests 12 --concurrency 4 --threshold-ms 3000", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadTest_RequestsThatTakeTooLong_AreCancelledAtTheGateway()
    {
        using var folder = new SqliteFolder();
        await using var gateway = await ServiceProcess.StartGatewayAsync(new Dictionary<string, string> { ["ORCHESTRATOR_DATA"] = folder.Path });

        var result = await Orc.RunAsync(
            "loadtest", "--url", gateway.Client.BaseAddress!.ToString(), "--requests", "2", "--timeout-ms", "1000", "--action", Simulated, "--input", """{"latencyMs": 60000}""");

        Assert.Equal(2, result.Json.GetProperty("failures").GetProperty("timeout").GetInt32());
        await Eventually.TrueAsync(async () => await CountAsync(gateway, "cancelled") == 2, TimeSpan.FromSeconds(30), () => "The tasks are not cancelled.");
    }

    [Fact]
    public async Task LoadTest_OfAGatewayInterrupted_CancelsWhatIsUnderWay()
    {
        using var folder = new SqliteFolder();
        await using var gateway = await ServiceProcess.StartGatewayAsync(new Dictionary<string, string> { ["ORCHESTRATOR_DATA"] = folder.Path });
        await using var orc = Orc.Start(
            [], "loadtest", "--url", gateway.Client.BaseAddress!.ToString(), "--requests", "8", "--concurrency", "4", "--action", Simulated, "--input", """{"latencyMs": 60000}""");
        await Eventually.TrueAsync(async () => await CountAsync(gateway, "processing") == 4, TimeSpan.FromSeconds(30), () => "The tasks do not run.");

        orc.Signal("INT");
        var result = await orc.FinishAsync();

        Assert.Equal(130, result.ExitCode);
        await Eventually.TrueAsync(async () => await CountAsync(gateway, "cancelled") == 4, TimeSpan.FromSeconds(30), () => "The tasks are not cancelled.");
        Assert.Equal(0, await CountAsync(gateway, "processing"));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task LoadTest_Interrupted_EndsAndLeavesNothing(string signal, int exitCode)
    {
        await using var orc = Orc.Start([], "loadtest", "--requests", "1000", "--action", Simulated, "--input", """{"latencyMs": 60000}""");
        Assert.Contains("1000 requests", await orc.HearAsync(), StringComparison.Ordinal);

        orc.Signal(signal);
        var result = await orc.FinishAsync();

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains("Interrupted.", result.Errors, StringComparison.Ordinal);
    }

    private static async Task<int> CountAsync(ServiceProcess gateway, string status) =>
        JsonDocument.Parse(await gateway.Client.GetStringAsync(new Uri("/api/v1/stats", UriKind.Relative))).RootElement.GetProperty("tasks").GetProperty(status).GetInt32();
}

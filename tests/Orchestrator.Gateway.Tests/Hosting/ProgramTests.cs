using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Gateway.Tests.Hosting;

/// <summary>The real programs, started with settings that they must refuse.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gateway", "Orchestrator.Gateway.dll")]
    [InlineData("silo", "Orchestrator.Silo.dll")]
    public async Task Start_ManyMistakes_TellsAllOfThemAndEndsWith78(string project, string assembly)
    {
        var result = await RunAsync(
            project,
            assembly,
            "--Silo:Slots", "0",
            "--Silo:Slotz", "3",
            "--Leases:HeartbeatInterval", "10s",
            "--Retries:BaseDelay", "5",
            "--Retention:Completed", "soon",
            "--Actions:generation.text:TimeoutMs", "x",
            "--ORCHESTRATOR_POOL_SIZE", "none",
            "--ConnectionStrings:Orchestrator", "Host=db;Port=hunter2");

        Assert.Equal(78, result.ExitCode);
        Assert.Contains("Silo:Slots: is 0. Set it to a whole number from 1 to 10000.", result.Output, StringComparison.Ordinal);
        Assert.Contains("Silo:Slotz: is not a setting. Write Slots, or remove it.", result.Output, StringComparison.Ordinal);
        Assert.Contains("Leases:HeartbeatInterval: is 10s, more than a third of Leases:Duration, 15s. Set it to 5s or less, or Leases:Duration to 30s or more.", result.Output, StringComparison.Ordinal);
        Assert.Contains("Retries:BaseDelay: is \"5\". Set it to a duration such as 00:00:30 or 30s.", result.Output, StringComparison.Ordinal);
        Assert.Contains("Retention:Completed: is \"soon\".", result.Output, StringComparison.Ordinal);
        Assert.Contains("Actions:generation.text:TimeoutMs: is \"x\".", result.Output, StringComparison.Ordinal);
        Assert.Contains("ORCHESTRATOR_POOL_SIZE", result.Output, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:Orchestrator: has a value of port that cannot be used.", result.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hunter2", result.Output, StringComparison.Ordinal);
        Assert.Contains("has 8 mistakes", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--ConnectionStrings:Orchestrator", "Nonsense=1", "ConnectionStrings:Orchestrator")]
    [InlineData("--ConnectionStrings:Orchestrator", "no connection string", "ConnectionStrings:Orchestrator")]
    [InlineData("--ORCHESTRATOR_DATA", "/proc/nowhere", "ORCHESTRATOR_DATA")]
    [InlineData("--urls", "nonsense", "--urls nonsense")]
    public async Task Start_UnusablePlace_IsToldInFewWords(string setting, string value, string named)
    {
        var result = await RunAsync("gateway", "Orchestrator.Gateway.dll", setting, value);

        Assert.Equal(78, result.ExitCode);
        Assert.Contains(named, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AddressInUse_EndsWithOneAndSaysWhich()
    {
        await using var first = await ServiceProcess.StartGatewayAsync(new Dictionary<string, string> { ["ORCHESTRATOR_DATA"] = _folder.Path });
        using var other = new SqliteFolder();

        var second = await RunAsync("gateway", "Orchestrator.Gateway.dll", "--ORCHESTRATOR_DATA", other.Path, "--urls", first.Client.BaseAddress!.ToString());

        Assert.Equal(1, second.ExitCode);
        Assert.Equal($"Failed to bind to address {first.Client.BaseAddress.ToString().TrimEnd('/')}: address already in use. Stop what listens there, or name another address with --urls.", second.Output.Trim());
    }

    [Fact]
    public async Task Start_AddressInUse_TakesNoTaskAndStartsNoWorker()
    {
        var marker = Path.Combine(_folder.Path, "worker-was-here");
        var pool = Path.Combine(_folder.Path, "pool.json");
        await File.WriteAllTextAsync(pool, $$"""{"workers": [{"command": "touch", "args": ["{{marker}}"], "actions": ["custom.touch"]}]}""");
        var settings = new Dictionary<string, string> { ["ORCHESTRATOR_DATA"] = _folder.Path, ["Silo:Embedded"] = "false" };
        string id;
        await using (var before = await ServiceProcess.StartGatewayAsync(settings))
        {
            using var answer = await before.Client.PostAsJsonAsync("api/v1/workspaces/default/tasks", new { action = "generation.simulated" });
            id = (await Answer.ReadAsync(answer, 202)).Text("id");
        }

        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var result = await RunAsync("gateway", "Orchestrator.Gateway.dll", "--urls", $"http://{taken.LocalEndpoint}", "--ORCHESTRATOR_CONFIG", pool);

        Assert.Equal(1, result.ExitCode);
        Assert.False(File.Exists(marker));
        await using var after = await ServiceProcess.StartGatewayAsync(settings);
        var task = await after.Client.GetFromJsonAsync<JsonElement>($"api/v1/tasks/{id}");
        Assert.Equal(("queued", 0), (task.GetProperty("status").GetString(), task.GetProperty("attempt").GetInt32()));
    }

    [Fact]
    public async Task Terminate_WhileTheStartWaitsForTheStore_EndsWithZeroAndNoTrace()
    {
        await using var gateway = ServiceProcess.LaunchGateway(new Dictionary<string, string> { ["ConnectionStrings:Orchestrator"] = "Host=127.0.0.1;Port=1;Database=x" });
        await gateway.WaitForOutputAsync("The store is not there yet", TimeSpan.FromSeconds(60));

        gateway.Terminate();

        Assert.Equal(0, await gateway.WaitForExitAsync(TimeSpan.FromSeconds(30)));
        Assert.DoesNotContain("   at ", gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_GatewayReachableFromElsewhere_AsksForKeysAndOffersTheFirst()
    {
        await using var gateway = await ServiceProcess.StartGatewayAsync(new Dictionary<string, string>
        {
            ["Kestrel:Endpoints:Local:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:Other:Url"] = "http://0.0.0.0:0",
            ["ORCHESTRATOR_DATA"] = _folder.Path,
        });

        using var refused = await gateway.Client.GetAsync(new Uri("/api/v1/workspaces", UriKind.Relative));
        await gateway.WaitForOutputAsync("--key orc_", TimeSpan.FromSeconds(30));

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Start_GatewayReachableFromElsewhereWithoutKeysOnPurpose_LetsEverybodyIn()
    {
        await using var gateway = await ServiceProcess.StartGatewayAsync(new Dictionary<string, string>
        {
            ["Kestrel:Endpoints:Local:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:Other:Url"] = "http://0.0.0.0:0",
            ["Keys:Required"] = "false",
            ["ORCHESTRATOR_DATA"] = _folder.Path,
        });

        using var answer = await gateway.Client.GetAsync(new Uri("/api/v1/workspaces", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("SQLite in " + _folder.Path, gateway.Output, StringComparison.Ordinal);
        Assert.Contains("generation.summary", gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Gateway_NamesItsDashboardAndEachReasonOnce()
    {
        await using var gateway = await ServiceProcess.StartGatewayAsync(new Dictionary<string, string> { ["ORCHESTRATOR_DATA"] = _folder.Path });
        await gateway.WaitForOutputAsync($"Dashboard at {gateway.Client.BaseAddress}observability", TimeSpan.FromSeconds(30));
        await gateway.WaitForOutputAsync("Not served now: generation.text, generation.json. No model is configured: ", TimeSpan.FromSeconds(30));

        var serving = gateway.Output.Split('\n').Single(line => line.Contains(" slots serving ", StringComparison.Ordinal));
        Assert.Contains("generation.summary", serving, StringComparison.Ordinal);
        Assert.DoesNotContain("generation.text", serving, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SecondProcessOnTheSameFolder_IsRefusedInOneLine()
    {
        await using var first = await ServiceProcess.StartGatewayAsync(new Dictionary<string, string> { ["ORCHESTRATOR_DATA"] = _folder.Path });

        var second = await RunAsync("gateway", "Orchestrator.Gateway.dll", "--urls", "http://127.0.0.1:0");

        Assert.Equal(75, second.ExitCode);
        Assert.Contains(_folder.Path, second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminate_RunningGateway_EndsWithZero()
    {
        await using var gateway = await ServiceProcess.StartGatewayAsync(new Dictionary<string, string> { ["ORCHESTRATOR_DATA"] = _folder.Path });

        gateway.Terminate();

        Assert.Equal(0, await gateway.WaitForExitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Start_Silo_ServesHealthAlone()
    {
        await using var silo = await ServiceProcess.StartSiloAsync(new Dictionary<string, string> { ["ORCHESTRATOR_DATA"] = _folder.Path });

        Assert.Equal("{\"status\":\"ready\"}", await silo.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
        using var api = await silo.Client.GetAsync(new Uri("/api/v1/stats", UriKind.Relative));
        Assert.Equal(404, (int)api.StatusCode);
    }

    // Not on one of the few threads that all tests share.
    private Task<ProcessResult> RunAsync(string project, string assembly, params string[] arguments) => Task.Run(() => ProcessRunner.TryRun(
        "dotnet",
        [
            RepositoryFolder.Combine(project, "bin", RepositoryFolder.Configuration, "net10.0", assembly),
            "--ORCHESTRATOR_DATA", _folder.Path,
            .. arguments,
        ]));
}

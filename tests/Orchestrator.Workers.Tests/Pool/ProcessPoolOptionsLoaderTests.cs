using Orchestrator.Workers.Pool;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Pool;

public sealed class ProcessPoolOptionsLoaderTests : IDisposable
{
    private readonly TempFolder _root = new();
    private readonly TempFolder _app = new();
    private readonly Dictionary<string, string?> _variables = [];

    public void Dispose()
    {
        _root.Dispose();
        _app.Dispose();
    }

    [Fact]
    public void NoFile_GivesDefaultsWithoutWorkers()
    {
        var load = Load();

        Assert.Empty(load.Mistakes);
        Assert.Null(load.File);
        Assert.Empty(load.Options.Workers);
        Assert.Equal(
            (2, 120_000, 1, 5_000, 15_000, (int?)null, (int?)30_000),
            (load.Options.PoolSize, load.Options.RequestTimeoutMs, load.Options.MaxTaskRetries, load.Options.HeartbeatIntervalMs, load.Options.HeartbeatTimeoutMs, load.Options.AutoShutdownMs, load.Options.WorkerStartTimeoutMs));
    }

    [Fact]
    public void File_UnderTheContentRoot_IsReadWhole()
    {
        var file = _root.Write("config/orchestrator.json", """
            {
              // Comments are welcome.
              "poolSize": 6, "requestTimeoutMs": 60000, "maxTaskRetries": 0, "heartbeatIntervalMs": 100, "heartbeatTimeoutMs": 300,
              "autoShutdownMs": 1000, "workerStartTimeoutMs": 2000,
              "workers": [{"command": "python3", "args": ["w.py", "-v"], "env": {"A": "1"}, "actions": ["a.b"]}],
            }
            """);

        var load = Load();

        Assert.Empty(load.Mistakes);
        Assert.Equal(file, load.File);
        Assert.Equal(Path.GetDirectoryName(file), load.Options.WorkingDirectory);
        Assert.Equal((6, 60_000, 0, 100, 300, 1_000, 2_000), (load.Options.PoolSize, load.Options.RequestTimeoutMs, load.Options.MaxTaskRetries, load.Options.HeartbeatIntervalMs, load.Options.HeartbeatTimeoutMs, load.Options.AutoShutdownMs, load.Options.WorkerStartTimeoutMs));
        var worker = Assert.Single(load.Options.Workers);
        Assert.Equal("python3", worker.Command);
        Assert.Equal(["w.py", "-v"], worker.Args);
        Assert.Equal("1", worker.Env["A"]);
        Assert.Equal(["a.b"], worker.Actions);
    }

    [Fact]
    public void File_OnlyBesideTheProgram_IsFound()
    {
        var file = _app.Write("config/orchestrator.json", """{"poolSize": 7}""");
        Assert.Equal((file, 7), (Load().File, Load().Options.PoolSize));
    }

    [Fact]
    public void File_NamedByVariable_IsRelativeToTheContentRoot()
    {
        _root.Write("config/orchestrator.json", """{"poolSize": 3}""");
        var file = _root.Write("other/pool.json", """{"poolSize": 4}""");
        _variables["ORCHESTRATOR_CONFIG"] = "other/pool.json";
        Assert.Equal((file, 4), (Load().File, Load().Options.PoolSize));
    }

    [Fact]
    public void File_NamedButMissing_IsAMistake()
    {
        _variables["ORCHESTRATOR_CONFIG"] = "/no/such/file.json";
        Assert.Contains("/no/such/file.json, which does not exist", Assert.Single(Load().Mistakes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("\"off\"")]
    public void LastTwoLimits_CanBeOff(string off)
    {
        _root.Write("config/orchestrator.json", $$"""{"autoShutdownMs": {{off}}, "workerStartTimeoutMs": {{off}}}""");
        var load = Load();
        Assert.Empty(load.Mistakes);
        Assert.Null(load.Options.AutoShutdownMs);
        Assert.Null(load.Options.WorkerStartTimeoutMs);
    }

    [Fact]
    public void Variables_OverrideTheFile_AndCodeOverridesBoth()
    {
        _root.Write("config/orchestrator.json", """{"poolSize": 3, "maxTaskRetries": 3, "workerStartTimeoutMs": 5000}""");
        _variables["ORCHESTRATOR_POOL_SIZE"] = "4";
        _variables["ORCHESTRATOR_REQUEST_TIMEOUT_MS"] = "1001";
        _variables["ORCHESTRATOR_MAX_TASK_RETRIES"] = "5";
        _variables["ORCHESTRATOR_HEARTBEAT_INTERVAL_MS"] = "102";
        _variables["ORCHESTRATOR_HEARTBEAT_TIMEOUT_MS"] = "1003";
        _variables["ORCHESTRATOR_AUTO_SHUTDOWN_MS"] = "1004";
        _variables["ORCHESTRATOR_WORKER_START_TIMEOUT_MS"] = "off";

        var load = Load(options => options.PoolSize = 9);

        Assert.Empty(load.Mistakes);
        Assert.Equal((9, 1_001, 5, 102, 1_003, 1_004, null), (load.Options.PoolSize, load.Options.RequestTimeoutMs, load.Options.MaxTaskRetries, load.Options.HeartbeatIntervalMs, load.Options.HeartbeatTimeoutMs, load.Options.AutoShutdownMs, load.Options.WorkerStartTimeoutMs));
    }

    [Fact]
    public void Mistakes_OfEveryKind_AreReportedAtOnce()
    {
        _root.Write("config/orchestrator.json", """
            {
              "poolSize": 0, "poolsize": 1, "requestTimeoutMs": "fast", "maxTaskRetries": 1, "maxTaskRetries": 2,
              "heartbeatIntervalMs": 5000, "heartbeatTimeoutMs": 4000, "autoShutdownMs": -1, "workerStartTimeoutMs": 1.5,
              "workers": [
                {"args": "x", "actions": ["Not An Action", "a.b", "a.b"], "nice": 1},
                {"command": "python3", "actions": ["a.b"], "env": {"A": 1}},
                {"command": "python3"},
                7
              ]
            }
            """);
        _variables["ORCHESTRATOR_HEARTBEAT_INTERVAL_MS"] = "soon";

        var mistakes = Load().Mistakes;

        foreach (var expected in new[]
        {
            "poolSize is 0", "\"poolsize\" is unknown", "\"requestTimeoutMs\" is \"fast\"", "\"maxTaskRetries\" is given twice",
            "heartbeatTimeoutMs (4000) must be more than", "autoShutdownMs is -1", "\"workerStartTimeoutMs\" is 1.5",
            "workers[0].command is missing", "workers[0].args must be an array", "\"Not An Action\" is not the name", "workers[0].actions names \"a.b\" twice",
            "workers[0].nice is unknown", "\"a.b\" belongs to workers[0] already", "workers[1].env.A must be a string",
            "workers[2].actions is missing", "workers[3] must be an object", "ORCHESTRATOR_HEARTBEAT_INTERVAL_MS is \"soon\"",
        })
        {
            Assert.Contains(mistakes, mistake => mistake.Contains(expected, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    public void File_ThatIsNoObject_IsAMistake(string content)
    {
        _root.Write("config/orchestrator.json", content);
        Assert.NotEmpty(Load().Mistakes);
    }

    [Fact]
    public void DefaultFile_OfTheGateway_HasNoMistakes()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "gateway-orchestrator.json");
        _variables["ORCHESTRATOR_CONFIG"] = file;
        var load = Load();
        Assert.Empty(load.Mistakes);
        Assert.Equal("generation.keywords", Assert.Single(Assert.Single(load.Options.Workers).Actions));
    }

    private ProcessPoolLoad Load(Action<ProcessPoolOptions>? configure = null) =>
        ProcessPoolOptionsLoader.Load(_root.Path, _variables.GetValueOrDefault, configure, _app.Path);
}

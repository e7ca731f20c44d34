using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Cli.Tests;

/// <summary>A real gateway with its silo on SQLite, and worker processes of the tests.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    private const string Script = """
        import orchestrator_worker as worker

        def publish(task):
            decision = task.ask("Publish?", details={"text": "draft"})
            task.chunk("pub")
            task.chunk("lished\n")
            return {"decision": decision.decision, "edits": decision.edits, "comment": decision.comment}

        worker.run({"test.publish": publish})
        """;

    private readonly SqliteFolder _folder = new();
    private ServiceProcess? _gateway;

    public string Folder => _folder.Path;

    public string Url => _gateway!.Client.BaseAddress!.ToString();

    public async Task InitializeAsync() => _gateway = await ServiceProcess.StartGatewayAsync(new Dictionary<string, string>
    {
        ["ORCHESTRATOR_DATA"] = _folder.Path,
        ["ORCHESTRATOR_CONFIG"] = WritePool(),
        ["Silo:Name"] = "here",
    });

    public async Task DisposeAsync()
    {
        await _gateway!.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Has the gateway ended, so that the database can be opened by another.</summary>
    public async Task StopAsync()
    {
        _gateway!.Terminate();
        Assert.Equal(0, await _gateway.WaitForExitAsync(TimeSpan.FromSeconds(30)));
    }

    internal Task<Orc.Result> AnswerAsync(params string[] arguments) => Orc.RunWithAsync(Environment(), arguments);

    internal Orc Start(params string[] arguments) => Orc.Start(Environment(), arguments);

    /// <summary>The JSON that a command answers that succeeds.</summary>
    internal async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var result = await AnswerAsync([.. arguments, "-o", "json"]);
        Assert.True(result.ExitCode == 0, $"orc {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Errors}");
        return result.Json;
    }

    private Dictionary<string, string> Environment() => new() { ["ORCHESTRATOR_URL"] = Url };

    private string WritePool()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "worker.py"), Script);
        var file = Path.Combine(_folder.Path, "pool.json");
        File.WriteAllText(file, new JsonObject
        {
            ["poolSize"] = 1,
            ["workers"] = new JsonArray(new JsonObject
            {
                ["command"] = "python3",
                ["args"] = new JsonArray("-B", "worker.py"),
                ["env"] = new JsonObject { ["PYTHONPATH"] = "{appDir}/workers/python" },
                ["actions"] = new JsonArray("test.publish"),
            }),
        }.ToJsonString());
        return file;
    }
}

using Microsoft.Data.Sqlite;
using Orchestrator.Storage;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Cluster.Tests;

/// <summary>The gateway with nothing but a data folder.</summary>
public sealed class EmbeddedGatewayTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Kill_InTheMiddleOfAThousandTasks_CompletesEachOnceAfterTheRestart()
    {
        using var folder = new SqliteFolder();
        IReadOnlyList<Guid> ids;
        await using (var first = await ServiceProcess.StartGatewayAsync(Settings.OnSqlite(folder.Path)))
        {
            var api = new Api(first);
            ids = await api.SubmitSimulatedAsync("default", 1_000, latencyMs: 50, jitterMs: 50);
            await api.WaitForCountAsync("completed", 200, Limit);
            await first.KillAsync();
        }

        await using (var second = await ServiceProcess.StartGatewayAsync(Settings.OnSqlite(folder.Path)))
        {
            var api = new Api(second);
            Assert.InRange(await api.CountAsync("completed"), 200, 999);
            await api.WaitForCountAsync("completed", 1_000, Limit);

            var tasks = await api.ListTasksAsync("default");
            Assert.Equal(ids.Order(), tasks.Select(task => task["id"]!.GetValue<Guid>()).Order());
            Assert.True(tasks.Any(task => task["attempt"]!.GetValue<int>() > 1), "The kill left no trace: no task needed a second attempt.");
            second.Terminate();
            Assert.Equal(0, await second.WaitForExitAsync(TimeSpan.FromSeconds(20)));
        }

        await using (var store = StoreFactory.Open(new StoreOptions { DataDirectory = folder.Path }, TimeProvider.System))
        {
            Assert.Equal([], await store.Invariants.CheckAsync(CancellationToken.None));
        }

        Assert.Equal("ok", CheckIntegrity(folder.File));
    }

    [Fact]
    public async Task Start_SecondProcessOnTheSameFolder_IsRefusedWithWhatToDo()
    {
        using var folder = new SqliteFolder();
        await using var first = await ServiceProcess.StartGatewayAsync(Settings.OnSqlite(folder.Path));

        var second = await ServiceProcess.RunRefusedGatewayAsync(Settings.OnSqlite(folder.Path));

        Assert.Equal(75, second.ExitCode);
        Assert.Contains("ORCHESTRATOR_DATA", second.Output, StringComparison.Ordinal);
        Assert.Equal(0, await new Api(first).CountAsync("queued"));
    }

    [Fact]
    public async Task Generate_SummaryOfSeveralPages_IsMadeOfItsSentences()
    {
        using var folder = new SqliteFolder();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnSqlite(folder.Path));
        var api = new Api(gateway);
        var text = await ReadTextAsync();

        var task = await api.GenerateAsync("summary", new System.Text.Json.Nodes.JsonObject { ["text"] = text });

        Assert.Equal("completed", task["status"]!.GetValue<string>());
        var summary = task["result"]!["summary"]!.GetValue<string>();
        Assert.InRange(summary.Length, 100, text.Length / 3);
        Assert.Contains(summary.Split(". ")[0].TrimEnd('.'), text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(
            ["task.submitted", "task.queued", "task.processing", "task.completed"],
            (await api.GetEventsAsync(task["id"]!.GetValue<Guid>())).Select(item => item["type"]!.GetValue<string>()).Where(type => type != "task.progress"));
    }

    [PythonFact]
    public async Task Generate_KeywordsOfSeveralPages_NamesWhatTheTextIsAbout()
    {
        using var folder = new SqliteFolder();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnSqlite(folder.Path));

        var task = await new Api(gateway).GenerateAsync("keywords", new System.Text.Json.Nodes.JsonObject { ["text"] = await ReadTextAsync() });

        Assert.Equal("completed", task["status"]!.GetValue<string>());
        Assert.Contains("lighthouse", task["result"]!.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    private static Task<string> ReadTextAsync() => File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Texts", "lighthouses.txt"));

    private static string? CheckIntegrity(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma integrity_check";
        return command.ExecuteScalar() as string;
    }
}

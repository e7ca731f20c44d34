using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Models;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;
using Xunit.Abstractions;

namespace Orchestrator.Cluster.Tests;

/// <summary>Gateways as processes beside a model that answers, and one that never does.</summary>
[Collection(TimedGroup.Name)]
public sealed class PriorityTests(ITestOutputHelper output)
{
    private const int Rounds = 150;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Dispatch_BesideAModelThatNeverAnswers_IsThatOfNoModel_OnSqlite()
    {
        using var with = new SqliteFolder();
        using var without = new SqliteFolder();
        await CompareAsync("SQLite", Settings.OnSqlite(with.Path), Settings.OnSqlite(without.Path));
    }

    [PostgresFact]
    public async Task Dispatch_BesideAModelThatNeverAnswers_IsThatOfNoModel_OnPostgres()
    {
        await using var with = await IsolatedSchema.CreateAsync();
        await using var without = await IsolatedSchema.CreateAsync();
        await CompareAsync(
            "PostgreSQL",
            Settings.OnPostgres(with.ConnectionString, ("Silo:Embedded", "true")),
            Settings.OnPostgres(without.ConnectionString, ("Silo:Embedded", "true")));
    }

    [Fact]
    public async Task Score_ModelThatAnswers_ReordersWhatWaitsAndANewGoalDoesAgain()
    {
        await using var model = await ModelEndpoint.StartAsync();
        model.OnChat = (text, _) => Task.FromResult(ModelReply.Score((text.Contains("Sell", StringComparison.Ordinal), text.Contains("printer", StringComparison.Ordinal)) switch
        {
            (true, true) => 10,
            (true, false) => 900,
            (false, true) => 950,
            _ => 20,
        }));
        using var folder = new SqliteFolder();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnSqlite(folder.Path, [.. Model(model), ("Silo:Slots", "1")]));
        await SendAsync(gateway, HttpMethod.Patch, "workspaces/default", new JsonObject { ["goal"] = "Sell more" });
        await SendAsync(gateway, HttpMethod.Post, "workspaces/default/pause", []);

        var printer = await SubmitAsync(gateway, "Repair the printer");
        var offer = await SubmitAsync(gateway, "Write the offer for Globex");
        await WaitForScoreAsync(gateway, printer, 10);
        await WaitForScoreAsync(gateway, offer, 900);
        await SendAsync(gateway, HttpMethod.Patch, "workspaces/default", new JsonObject { ["goal"] = "A working office" });
        await WaitForScoreAsync(gateway, printer, 950);
        await WaitForScoreAsync(gateway, offer, 20);

        var why = (await gateway.Client.GetFromJsonAsync<JsonNode>(new Uri($"/api/v1/tasks/{offer}/why", UriKind.Relative)))!["score"]!;
        Assert.Equal(("model", 20, "stub/m judged it."), (why["scoreSource"]!.GetValue<string>(), why["value"]!.GetValue<int>(), why["reasons"]![0]!["message"]!.GetValue<string>()));
        var events = (await new Api(gateway).GetEventsAsync(offer)).Select(item => item["type"]!.GetValue<string>()).ToList();
        Assert.Equal(["task.submitted", "task.queued", "task.scored", "task.scored", "task.scored"], events);
        await SendAsync(gateway, HttpMethod.Post, "workspaces/default/resume", []);
        var api = new Api(gateway);
        await api.WaitForCountAsync("completed", 2, Limit);
        Assert.True(
            (await api.GetTaskAsync(printer))["startedAt"]!.GetValue<DateTimeOffset>() < (await api.GetTaskAsync(offer))["startedAt"]!.GetValue<DateTimeOffset>(),
            "The order is not that of the new goal.");
        Assert.Equal(["Bearer none"], model.Keys.Keys);
    }

    [Fact]
    public async Task Score_AHundredEqualTasksInEachOfTwoWorkspaces_IsTwoCalls()
    {
        await using var model = await ModelEndpoint.StartAsync();
        using var folder = new SqliteFolder();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnSqlite(folder.Path, Model(model)));
        await new Api(gateway).CreateWorkspaceAsync("other");
        foreach (var workspace in new[] { "default", "other" })
        {
            await SendAsync(gateway, HttpMethod.Post, $"workspaces/{workspace}/pause", []);
            var tasks = new JsonArray([.. Enumerable.Range(0, 100).Select(_ => NewTask("Write a blog post about AI"))]);
            await SendAsync(gateway, HttpMethod.Post, $"workspaces/{workspace}/tasks/batch", new JsonObject { ["tasks"] = tasks });
        }

        foreach (var workspace in new[] { "default", "other" })
        {
            await Eventually.TrueAsync(
                async () => (await new Api(gateway).ListTasksAsync(workspace)).All(task => task["score"]!.GetValue<int>() == 500), Limit, () => gateway.Output);
        }

        Assert.Equal(2, model.Chats);
    }

    /// <summary>Tasks one after another, in turns with and without the model, while it lets everybody wait.</summary>
    private async Task CompareAsync(string store, Dictionary<string, string> with, Dictionary<string, string> without)
    {
        await using var model = await ModelEndpoint.StartAsync();
        model.OnChat = async (_, aborted) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, aborted);
            return ModelReply.Score(1);
        };
        foreach (var (name, value) in Model(model))
        {
            with[name] = value;
        }

        await using var modelled = await ServiceProcess.StartGatewayAsync(with);
        await using var plain = await ServiceProcess.StartGatewayAsync(without);
        foreach (var gateway in new[] { modelled, plain })
        {
            await SubmitWaitingAsync(gateway, 200);
            for (var round = 0; round < 30; round++)
            {
                await DispatchAsync(gateway, -round);
            }
        }

        await Eventually.TrueAsync(() => Task.FromResult(model.Chats > 0), Limit, () => modelled.Output);
        var (slow, fast) = (new List<double>(Rounds), new List<double>(Rounds));
        for (var round = 0; round < Rounds; round++)
        {
            slow.Add(await DispatchAsync(modelled, round));
            fast.Add(await DispatchAsync(plain, round));
        }

        slow.Sort();
        fast.Sort();
        var ratio = slow[Rounds / 2] / fast[Rounds / 2];
        output.WriteLine(
            $"{store}: dispatch beside a model that never answers: median {slow[Rounds / 2]:0.00} ms, p95 {slow[Rounds * 95 / 100]:0.00} ms; without a model {fast[Rounds / 2]:0.00} ms, {fast[Rounds * 95 / 100]:0.00} ms; ratio of the medians {ratio:0.00}; {model.Chats} calls were made");
        Assert.InRange(model.Chats, 4, 200);
        Assert.InRange(ratio, 0, 1.5);
    }

    /// <summary>From the creation of a task to the start of its attempt, by the database's clock, in milliseconds.</summary>
    private static async Task<double> DispatchAsync(ServiceProcess gateway, int round)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/workspaces/default/tasks") { Content = JsonContent.Create(NewTask($"Write chapter {round} about AI")) };
        request.Headers.Add("Prefer", "wait=30");
        using var answer = await gateway.Client.SendAsync(request);
        var task = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal("completed", task["status"]!.GetValue<string>());
        return (task["startedAt"]!.GetValue<DateTimeOffset>() - task["createdAt"]!.GetValue<DateTimeOffset>()).TotalMilliseconds;
    }

    /// <summary>Tasks that are not due yet, each of another kind, so that the model is asked about them.</summary>
    private static async Task SubmitWaitingAsync(ServiceProcess gateway, int count)
    {
        var tasks = new JsonArray();
        for (var index = 0; index < count; index++)
        {
            var task = NewTask($"Translate document {index}");
            task["runAt"] = "2999-01-01T00:00:00Z";
            tasks.Add((JsonNode)task);
        }

        await SendAsync(gateway, HttpMethod.Post, "workspaces/default/tasks/batch", new JsonObject { ["tasks"] = tasks });
    }

    private static async Task<Guid> SubmitAsync(ServiceProcess gateway, string name) =>
        (await SendAsync(gateway, HttpMethod.Post, "workspaces/default/tasks", NewTask(name)))["id"]!.GetValue<Guid>();

    private static Task WaitForScoreAsync(ServiceProcess gateway, Guid id, int score) => Eventually.TrueAsync(
        async () => (await new Api(gateway).GetTaskAsync(id))["score"]!.GetValue<int>() == score, Limit, () => gateway.Output);

    private static JsonObject NewTask(string name) => new() { ["action"] = Api.Simulated, ["name"] = name, ["input"] = new JsonObject { ["latencyMs"] = 0 } };

    private static (string Name, string Value)[] Model(ModelEndpoint model) =>
        [("Providers:stub:BaseUrl", model.BaseUrl), ("Priorities:Model", "stub/m"), ("Priorities:TimeLimit", "2s")];

    private static async Task<JsonNode> SendAsync(ServiceProcess gateway, HttpMethod method, string path, JsonObject body)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Content = JsonContent.Create(body) };
        using var answer = await gateway.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}

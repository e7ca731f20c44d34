using System.Text.Json.Nodes;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Prometheus;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Cluster.Tests;

/// <summary>A gateway and two silos that a real Prometheus scrapes.</summary>
[Collection(TimedGroup.Name)]
public sealed class MetricsTests
{
    private const int LatencyMs = 50;
    private static readonly Uri Metrics = new("/metrics", UriKind.Relative);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [PostgresAndPrometheusFact]
    public async Task Prometheus_ThatScrapesAGatewayAndSilos_AnswersWhatTheTasksDid()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var silo = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var other = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var prometheus = await PrometheusServer.StartAsync(("gateway", gateway.Client.BaseAddress!), ("silo", silo.Client.BaseAddress!), ("silo", other.Client.BaseAddress!));

        using var enough = new CancellationTokenSource();
        var load = SubmitAsync(new Api(gateway), enough.Token);
        var rate = await prometheus.WaitForAsync("sum(rate(orchestrator_task_duration_seconds_count[1m])) by (action, job) > 0", Limit);
        var p95 = await prometheus.WaitForAsync("histogram_quantile(0.95, sum(rate(orchestrator_task_duration_seconds_bucket[1m])) by (le, action))", Limit);
        var mean = await prometheus.WaitForAsync(
            "sum(rate(orchestrator_task_duration_seconds_sum[1m])) by (action) / sum(rate(orchestrator_task_duration_seconds_count[1m])) by (action) > 0", Limit);
        await enough.CancelAsync();
        var submitted = await load;

        Assert.Equal((Api.Simulated, "silo"), (Assert.Single(rate).Labels["action"], rate[0].Labels["job"]));
        Assert.InRange(Assert.Single(p95).Value, LatencyMs / 1_000.0, 10);
        Assert.InRange(Assert.Single(mean).Value, LatencyMs / 2_000.0, 10);
        await prometheus.WaitForAsync($"sum(orchestrator_task_duration_seconds_count{{action=\"{Api.Simulated}\"}}) == {submitted}", Limit);
        await prometheus.WaitForAsync($"sum(orchestrator_task_completions_total) == {submitted}", Limit);
        await prometheus.WaitForAsync("http_server_request_duration_seconds_count{job=\"gateway\", http_route=~\"/api/v1/workspaces/.*\"} > 0", Limit);
        await prometheus.WaitForAsync("db_client_connections{job=\"silo\", db_client_connection_pool_name=\"orchestrator\"} > 0", Limit);

        await AssertWholeClusterAsync(new Api(gateway), prometheus);
        Assert.Equal(Promtool.OfTheSource, await CheckAsync(gateway));
        Assert.Equal(Promtool.OfTheSource, await CheckAsync(silo));
    }

    [Fact]
    public async Task Metrics_WithTheSdkSwitchedOff_AreFamiliesWithoutSamples()
    {
        using var folder = new SqliteFolder();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnSqlite(folder.Path, ("OTEL_SDK_DISABLED", "true")));

        var page = PrometheusPage.Parse(await gateway.Client.GetStringAsync(Metrics));

        Assert.True(page.Has("orchestrator_task_duration_seconds"));
        Assert.All(page.Families, family => Assert.Empty(family.Samples));
    }

    /// <summary>What only the store knows: told by the gateway alone, and once.</summary>
    private static async Task AssertWholeClusterAsync(Api api, PrometheusServer prometheus)
    {
        await api.CreateSerialWorkspaceAsync("narrow");
        await api.CreateWorkspaceAsync("held");
        await api.PauseWorkspaceAsync("held");
        await api.SubmitSimulatedAsync("held", 3, LatencyMs);
        await api.SubmitSimulatedAsync("narrow", 4, latencyMs: 60_000);
        await api.SubmitAsync("default", new JsonArray(new JsonObject { ["action"] = "nobody.serves" }, new JsonObject { ["action"] = "nobody.serves" }));

        await prometheus.WaitForAsync("orchestrator_slots_demanded{job=\"gateway\"} == 1 unless orchestrator_slots_demanded{job=\"silo\"}", Limit);
        await prometheus.WaitForAsync("orchestrator_tasks{state=\"queued\"} == 8 and ignoring (state) orchestrator_tasks{state=\"processing\"} == 1", Limit);
        await prometheus.WaitForAsync("orchestrator_tasks_unservable{action=\"nobody.serves\"} == 2", Limit);
        await prometheus.WaitForAsync("orchestrator_silos{state=\"active\"} == 2 and on () sum(orchestrator_silo_slots) == 128", Limit);
        await prometheus.WaitForAsync("orchestrator_workspaces == 3 and ignoring (reason) orchestrator_workspaces_paused{reason=\"hand\"} == 1", Limit);
    }

    /// <summary>Submits tasks until it is told that there are enough; answers how many there are.</summary>
    private static async Task<int> SubmitAsync(Api api, CancellationToken enough)
    {
        var submitted = 0;
        while (!enough.IsCancellationRequested)
        {
            var ids = await api.SubmitSimulatedAsync("default", 10, LatencyMs);
            await api.WaitForEndAsync(ids[^1], Limit);
            submitted += ids.Count;
        }

        return submitted;
    }

    private static async Task<IReadOnlyList<string>> CheckAsync(ServiceProcess process)
    {
        var page = await process.Client.GetStringAsync(Metrics);
        Assert.NotEmpty(PrometheusPage.Parse(page).Families);
        return Promtool.CheckMetrics(page);
    }
}

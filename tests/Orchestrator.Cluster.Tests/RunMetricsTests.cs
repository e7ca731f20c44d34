using System.Text.Json.Nodes;
using Orchestrator.Telemetry;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Prometheus;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Cluster.Tests;

/// <summary>The queries with which the metrics of runs were specified, as they were written, asked of a real Prometheus after a mixed load.</summary>
[Collection(TimedGroup.Name)]
public sealed class RunMetricsTests
{
    private const string P95 =
        """
        histogram_quantile(
          0.95,
          sum(rate(orchestration_run_duration_seconds_bucket[5m])) by (le, definition)
        )
        """;

    private const string MeanExecution =
        """
        sum(rate(orchestration_step_duration_seconds_sum[5m])) by (definition, step)
        /
        sum(rate(orchestration_step_duration_seconds_count[5m])) by (definition, step)
        """;

    private const string QueueAlert =
        """
        sum(rate(orchestration_step_queue_seconds_sum[5m])) by (definition, step)
        /
        sum(rate(orchestration_step_queue_seconds_count[5m])) by (definition, step)
        > 5
        """;

    private const string FailedRuns = """orchestration_runs_total{status="failed"}""";

    private const string Late = "acme/late@1";
    private const int PoolSize = 3;

    /// <summary>
    /// Rates are extrapolated to the ends of their window by half an interval of scrapes or, of a counter that was near zero, by less. Of some
    /// twenty intervals that is a fortieth, and it cancels only where both sides of a quotient are extrapolated alike.
    /// </summary>
    private const double RateTolerance = 0.05;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly Uri Page = new("/metrics", UriKind.Relative);

    [PostgresPrometheusAndPythonFact]
    public async Task Queries_OfTheSource_AfterAMixedLoad_AnswerWhatItDid()
    {
        using var folder = new SqliteFolder();
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var silo = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(
            schema.ConnectionString, ("ORCHESTRATOR_CONFIG", PythonPool.Write(folder.Path, MixedLoad.Script, MixedLoad.Asking, MixedLoad.Holding)), ("Retries:BaseDelay", "00:00:01")));
        var api = new Api(gateway);
        var load = new MixedLoad(api);
        await load.PrepareAsync();

        // A series has no rate before its second figure: all of them begin here.
        var first = (await load.RunAsync(crowd: false)).ToHashSet();
        var before = await KnownFigures.ReadAsync(api, MixedLoad.Workspaces, _ => true);
        await WaitUntilToldAsync(before, gateway, silo);
        await using var prometheus = await PrometheusServer.StartAsync(("gateway", gateway.Client.BaseAddress!), ("silo", silo.Client.BaseAddress!));
        await Task.WhenAll(load.RunAsync(crowd: true), load.RunAsync(crowd: true), FailLateAsync(api));
        var all = await KnownFigures.ReadAsync(api, MixedLoad.Workspaces, _ => true);
        var since = await KnownFigures.ReadAsync(api, MixedLoad.Workspaces, run => !first.Contains(RootOf(run)));
        await prometheus.WaitForAsync($"sum(orchestration_step_duration_seconds_count) == {all.Executed.Values.Sum()}", Limit);
        await prometheus.WaitForAsync($"sum(orchestrator_task_duration_seconds_count) == {all.Attempts}", Limit);

        await AssertAsInTheDocumentsAsync(prometheus, gateway, silo);
        await AssertRunsAsync(prometheus, all);
        AssertP95(since, await QueryAsync(prometheus, P95));
        AssertMeans(since.MeanRan, await QueryAsync(prometheus, MeanExecution));
        AssertMeans(since.MeanWaited.Where(step => step.Value > 5).ToDictionary(), await QueryAsync(prometheus, QueueAlert));
        await AssertTasksAsync(prometheus, all);
        await AssertPoolAsync(prometheus, api);
        Assert.Equal(Promtool.OfTheSource, Promtool.CheckMetrics(await gateway.Client.GetStringAsync(Page)));
        Assert.Equal(Promtool.OfTheSource, Promtool.CheckMetrics(await silo.Client.GetStringAsync(Page)));
    }

    /// <summary>Sub-runs came with the run of which they are a step.</summary>
    private static Guid RootOf(JsonNode run) => (run["parentId"] ?? run["id"])!.GetValue<Guid>();

    /// <summary>The first run of a definition, failing: an alert on a rate must not miss it.</summary>
    private static async Task FailLateAsync(Api api) => await api.WaitForRunAsync(await api.StartRunAsync("acme/late", MixedLoad.Alpha), Limit);

    /// <summary>What a query answers of whatever rose since it was first scraped; the quotient of two rates of what did not is no number.</summary>
    private static async Task<IReadOnlyList<PrometheusSample>> QueryAsync(PrometheusServer prometheus, string query) =>
        [.. (await prometheus.QueryAsync(query)).Where(sample => !double.IsNaN(sample.Value))];

    private static async Task WaitUntilToldAsync(KnownFigures known, params ServiceProcess[] processes)
    {
        var (steps, runs) = (0.0, 0.0);
        await Eventually.TrueAsync(
            async () =>
            {
                var pages = await Task.WhenAll(processes.Select(async process => PrometheusPage.Parse(await process.Client.GetStringAsync(Page))));
                steps = pages.SelectMany(page => page[InstrumentNames.StepDuration].Samples).Where(sample => sample.Name.EndsWith("_count", StringComparison.Ordinal)).Sum(sample => sample.Value);
                runs = pages.SelectMany(page => page[InstrumentNames.Runs].Samples).Sum(sample => sample.Value);
                return steps == known.Executed.Values.Sum() && runs == known.Runs.Values.Sum();
            },
            Limit,
            () => $"The pages tell {steps} steps and {runs} of runs; the API {known.Executed.Values.Sum()} and {known.Runs.Values.Sum()}.");
    }

    /// <summary>What the documents name stands on both pages, and Prometheus has it as they have it.</summary>
    private static async Task AssertAsInTheDocumentsAsync(PrometheusServer prometheus, params ServiceProcess[] processes)
    {
        var pages = new List<PrometheusPage>();
        foreach (var process in processes)
        {
            using var answer = await process.Client.GetAsync(Page);
            Assert.StartsWith(SourceMetric.ContentType, answer.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
            pages.Add(PrometheusPage.Parse(await answer.Content.ReadAsStringAsync()));
        }

        Assert.Equal(12, SourceMetric.All.Count);
        Assert.Equal([], SourceMetric.FindMistakes(pages));
        foreach (var metric in SourceMetric.All)
        {
            Assert.Equal((metric.Name, metric.Type), (metric.Name, await prometheus.GetTypeAsync(metric.Name)));
        }
    }

    private static async Task AssertRunsAsync(PrometheusServer prometheus, KnownFigures all)
    {
        var runs = await prometheus.QueryAsync("sum(orchestration_runs_total) by (definition, status)");
        Assert.Equal(Sorted(all.Runs), Sorted(runs.Where(sample => sample.Value > 0).ToDictionary(sample => (sample.Labels["definition"], sample.Labels["status"]), sample => sample.Value)));
        var failed = await prometheus.QueryAsync(FailedRuns);
        Assert.Equal(all.Runs.Where(run => run.Key.Status == "failed").Sum(run => run.Value), failed.Sum(sample => sample.Value));
        var executed = await prometheus.QueryAsync("sum(orchestration_step_duration_seconds_count) by (definition, step, status)");
        Assert.Equal(Sorted(all.Executed), Sorted(executed.ToDictionary(sample => (sample.Labels["definition"], sample.Labels["step"], sample.Labels["status"]), sample => sample.Value)));
        var late = await prometheus.QueryAsync($$"""sum(increase(orchestration_runs_total{definition="{{Late}}", status="failed"}[5m]))""");
        Assert.InRange(Assert.Single(late).Value, 0.9, 1.1);
    }

    /// <summary>The estimate must lie in the bucket of the duration that is meant, or of its neighbour where rates weigh buckets a little differently.</summary>
    private static void AssertP95(KnownFigures since, IReadOnlyList<PrometheusSample> answer)
    {
        var known = since.Took.Where(took => took.Key != Late).ToDictionary();
        Assert.Equal(known.Keys.Order(), answer.Select(sample => sample.Labels["definition"]).Order());
        var bounds = HistogramBounds.Runs.HistogramBucketBoundaries!;
        foreach (var sample in answer)
        {
            var took = known[sample.Labels["definition"]];
            var from = took[Rank(took, 1 - RateTolerance)];
            var to = took[Rank(took, 1 + RateTolerance)];
            Assert.InRange(sample.Value, bounds.LastOrDefault(bound => bound < from), bounds.First(bound => bound >= to));
        }
    }

    private static int Rank(double[] values, double tolerance) => Math.Clamp((int)Math.Ceiling(0.95 * tolerance * values.Length) - 1, 0, values.Length - 1);

    private static void AssertMeans(Dictionary<(string Definition, string Step), double> known, IReadOnlyList<PrometheusSample> answer)
    {
        known = known.Where(step => step.Key.Definition != Late).ToDictionary();
        Assert.NotEmpty(known);
        Assert.Equal(known.Keys.Order(), answer.Select(sample => (sample.Labels["definition"], sample.Labels["step"])).Order());
        Assert.All(answer, sample =>
        {
            var mean = known[(sample.Labels["definition"], sample.Labels["step"])];
            Assert.True(Math.Abs(sample.Value - mean) <= RateTolerance * mean, $"{sample}; it was {mean}");
        });
    }

    private static async Task AssertTasksAsync(PrometheusServer prometheus, KnownFigures all)
    {
        Assert.Equal(all.Completions, await SumAsync("orchestrator_task_completions_total"));
        Assert.Equal(all.Retries, await SumAsync("orchestrator_task_retries_total"));
        Assert.Equal(all.Attempts, await SumAsync("orchestrator_task_queue_duration_seconds_count"));
        Assert.Equal(0, await SumAsync("orchestrator_worker_heartbeat_missed_total"));
        var failures = await prometheus.QueryAsync("sum(orchestrator_task_failures_total) by (code)");
        Assert.Equal(Sorted(all.Failures), Sorted(failures.Where(sample => sample.Value > 0).ToDictionary(sample => sample.Labels["code"], sample => sample.Value)));

        async Task<double> SumAsync(string name) => Assert.Single(await prometheus.QueryAsync($"sum({name})")).Value;
    }

    private static async Task AssertPoolAsync(PrometheusServer prometheus, Api api)
    {
        var holding = await api.SubmitAsync(MixedLoad.Alpha, new JsonArray([.. Enumerable.Range(0, PoolSize + 2).Select(_ => new JsonObject
        {
            ["action"] = MixedLoad.Holding, ["input"] = new JsonObject { ["seconds"] = 3 },
        })]));
        await prometheus.WaitForAsync($"sum(orchestrator_pool_workers_busy) == {PoolSize}", Limit);
        await prometheus.WaitForAsync($"sum(orchestrator_pool_workers_total) == {PoolSize}", Limit);
        foreach (var task in holding)
        {
            await api.WaitForEndAsync(task, Limit);
        }

        await prometheus.WaitForAsync("sum(orchestrator_pool_workers_busy) == 0 and sum(orchestrator_pool_queue_size) == 0", Limit);
    }

    private static IEnumerable<KeyValuePair<TKey, double>> Sorted<TKey>(Dictionary<TKey, double> figures)
        where TKey : notnull =>
        figures.OrderBy(figure => figure.Key);
}

using System.Text.RegularExpressions;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Grafana;
using Orchestrator.TestKit.Models;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Prometheus;
using Orchestrator.TestKit.Stores;
using Orchestrator.TestKit.Webhooks;
using Xunit.Abstractions;

namespace Orchestrator.Cluster.Tests;

/// <summary>What the dashboards, the recorded rules and the alerts ask, asked of a real Prometheus.</summary>
public sealed partial class MonitoringTests(ITestOutputHelper output)
{
    private const string Interval = "1m";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private static readonly string[] Rules = [RepositoryFolder.Combine("deploy", "prometheus", "rules", "recording.yml"), RepositoryFolder.Combine("deploy", "prometheus", "rules", "alerts.yml")];

    [PostgresPrometheusAndPythonFact]
    public async Task Expressions_OfEveryPanelAndRule_OverALoadedCluster_AnswerWithData()
    {
        using var folder = new SqliteFolder();
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (_, response) => WebhookReceiver.WithStatusAsync(response, receiver.Received.Count % 3 == 0 ? 500 : 204);
        await using var model = await ModelEndpoint.StartAsync();
        model.OnChat = static (text, _) => TroubledLoad.Answer(text);
        var pool = PythonPool.Write(folder.Path, TroubledLoad.Script, MixedLoad.Asking, MixedLoad.Holding, TroubledLoad.Delegating, TroubledLoad.Broken);
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString, TroubledLoad.Settings(model)));
        await using var silo = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, [("ORCHESTRATOR_CONFIG", pool), .. TroubledLoad.Settings(model)]));
        await using var other = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, [("ORCHESTRATOR_CONFIG", pool), .. TroubledLoad.Settings(model)]));
        await using var prometheus = await PrometheusServer.StartAsync(
            Rules, ("orchestrator-gateway", gateway.Client.BaseAddress!), ("orchestrator-silo", silo.Client.BaseAddress!), ("orchestrator-silo", other.Client.BaseAddress!));
        var rules = await prometheus.GetRulesAsync();
        var queries = GrafanaDashboard.ReadAll().SelectMany(static dashboard => dashboard.Queries(Interval)).Concat(rules.SelectMany(AskedBy)).Distinct().ToList();

        var load = new TroubledLoad(new Api(gateway));
        await load.PrepareAsync(receiver.Url);
        using var enough = new CancellationTokenSource();
        var running = load.RunAsync(enough.Token);
        var started = TimeProvider.System.GetTimestamp();
        var unanswered = await AskAsync(prometheus, queries, running);
        output.WriteLine($"{queries.Count} queries, of which {unanswered.Count} were not answered within {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F0} s");
        await enough.CancelAsync();
        await running;

        Assert.True(queries.Count > 150, $"There are {queries.Count} queries.");
        Assert.True(unanswered.Count == 0, $"{unanswered.Count} of {queries.Count} queries have no answer:\n{string.Join('\n', unanswered)}");
        Assert.All(await prometheus.GetRulesAsync(), static rule => Assert.Null(rule.LastError));
    }

    /// <summary>What is asked, until it has been answered with a number once or time is up; answers what has not.</summary>
    private static async Task<IReadOnlyList<string>> AskAsync(PrometheusServer prometheus, IReadOnlyList<string> queries, Task load)
    {
        var pending = queries;
        var until = TimeProvider.System.GetUtcNow() + Limit;
        while (pending.Count > 0 && TimeProvider.System.GetUtcNow() < until && !load.IsCompleted)
        {
            var unanswered = new List<string>();
            foreach (var query in pending)
            {
                if (!(await prometheus.QueryAsync(query)).Any(static sample => double.IsFinite(sample.Value)))
                {
                    unanswered.Add(query);
                }
            }

            pending = unanswered;
            await Task.Delay(PrometheusServer.ScrapeInterval);
        }

        return pending;
    }

    /// <summary>A recorded rule asks what it records; an alert compares what it asks with thresholds, or says that there is none of something.</summary>
    private static IEnumerable<string> AskedBy(PrometheusRule rule) => rule.IsAlert
        ? Both().Split(rule.Query).Select(side => Absence().Match(side) is { Success: true } absence
            ? absence.Groups["of"].Value
            : Threshold().Match(side) is { Success: true } comparison ? comparison.Groups["what"].Value : throw new FormatException($"{rule.Name} has no threshold: {side}"))
        : [rule.Query, rule.Name];

    [GeneratedRegex(@"\s+and\s+")]
    private static partial Regex Both();

    [GeneratedRegex(@"^absent\((?<of>.*)\)$", RegexOptions.Singleline)]
    private static partial Regex Absence();

    [GeneratedRegex(@"^(?<what>.*?)\s*(==|>|<)\s*[0-9.]+$", RegexOptions.Singleline)]
    private static partial Regex Threshold();
}

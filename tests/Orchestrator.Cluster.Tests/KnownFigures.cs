using System.Text.Json.Nodes;

namespace Orchestrator.Cluster.Tests;

/// <summary>What metrics should say, made of what the API tells of runs and tasks that have ended.</summary>
internal sealed class KnownFigures
{
    /// <summary>What undoes a step is no execution of it.</summary>
    private const char Undoes = '!';

    private static readonly string[] Ends = ["task.retry", "task.waiting", "task.completed", "task.failed", "task.cancelled"];

    private readonly List<(string Definition, string Status, double Seconds)> _runs = [];
    private readonly List<StepTask> _steps = [];

    private KnownFigures()
    {
    }

    /// <summary>A task that has ended.</summary>
    private sealed record StepTask(string Definition, string Step, string Status, double? Waited, double Ran);

    public int Attempts { get; private set; }

    public int Retries { get; private set; }

    public int Completions { get; private set; }

    /// <summary>Tasks that failed for good, by code.</summary>
    public Dictionary<string, double> Failures { get; } = [];

    /// <summary>How many runs ended as what, and how many started.</summary>
    public Dictionary<(string Definition, string Status), double> Runs => _runs
        .SelectMany(run => new[] { (run.Definition, run.Status), (run.Definition, Status: "started") })
        .GroupBy(run => run).ToDictionary(group => group.Key, group => (double)group.Count());

    public Dictionary<(string Definition, string Step, string Status), double> Executed => _steps
        .GroupBy(step => (step.Definition, step.Step, step.Status)).ToDictionary(group => group.Key, group => (double)group.Count());

    /// <summary>How long steps executed in the mean.</summary>
    public Dictionary<(string Definition, string Step), double> MeanRan => _steps
        .GroupBy(step => (step.Definition, step.Step)).ToDictionary(group => group.Key, group => group.Average(step => step.Ran));

    /// <summary>How long steps waited in the mean until they were executed.</summary>
    public Dictionary<(string Definition, string Step), double> MeanWaited => _steps
        .GroupBy(step => (step.Definition, step.Step)).ToDictionary(group => group.Key, group => group.Average(step => step.Waited!.Value));

    /// <summary>How long the runs of each definition took, the shortest first.</summary>
    public Dictionary<string, double[]> Took => _runs
        .GroupBy(run => run.Definition).ToDictionary(group => group.Key, group => group.Select(run => run.Seconds).Order().ToArray());

    /// <summary>Reads workspaces; of runs and their tasks only those that <paramref name="isOf"/> takes.</summary>
    public static async Task<KnownFigures> ReadAsync(Api api, IEnumerable<string> workspaces, Predicate<JsonNode> isOf)
    {
        var known = new KnownFigures();
        foreach (var workspace in workspaces)
        {
            var runs = (await api.ListRunsAsync(workspace)).Where(run => isOf(run)).ToDictionary(run => run["id"]!.GetValue<Guid>());
            known._runs.AddRange(runs.Values.Select(run => (Text(run, "definition"), Text(run, "status"), Seconds(run, "createdAt", "finishedAt"))));
            foreach (var task in await api.ListTasksAsync(workspace))
            {
                await known.AddAsync(api, task, task["runId"]?.GetValue<Guid>() is { } id ? runs.GetValueOrDefault(id) : null);
            }
        }

        return known;
    }

    private async Task AddAsync(Api api, JsonNode task, JsonNode? run)
    {
        var ran = 0.0;
        DateTimeOffset? since = null;
        foreach (var item in await api.GetEventsAsync(task["id"]!.GetValue<Guid>()))
        {
            var type = Text(item, "type");
            var at = item["at"]!.GetValue<DateTimeOffset>();
            if (type == "task.processing")
            {
                since = at;
                Attempts++;
            }
            else if (type == "task.queued" && since is not null)
            {
                // Handed back before it began; that was no attempt.
                since = null;
                Attempts--;
            }
            else if (since is { } from && Ends.Contains(type))
            {
                ran += (at - from).TotalSeconds;
                since = null;
            }

            Retries += type == "task.retry" ? 1 : 0;
        }

        var status = Text(task, "status");
        Completions += status == "completed" ? 1 : 0;
        if (status == "failed")
        {
            var code = Text(task["error"]!, "code");
            Failures[code] = Failures.GetValueOrDefault(code) + 1;
        }

        // A step that is cancelled with its run has neither been completed nor failed.
        if (run is not null && status != "cancelled" && Text(task, "stepId") is var key && !key.Contains(Undoes, StringComparison.Ordinal))
        {
            double? waited = task["startedAt"] is null ? null : Seconds(task, "createdAt", "startedAt");
            _steps.Add(new StepTask(Text(run, "definition"), key.Split('[', '#')[0], status, waited, ran));
        }
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static double Seconds(JsonNode node, string from, string to) =>
        (node[to]!.GetValue<DateTimeOffset>() - node[from]!.GetValue<DateTimeOffset>()).TotalSeconds;
}

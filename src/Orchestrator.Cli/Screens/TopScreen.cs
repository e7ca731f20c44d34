using System.Globalization;
using Orchestrator.Cli.Cluster;
using Orchestrator.Cli.Output;
using Orchestrator.Client.Tasks;
using Orchestrator.Contracts.Cluster;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.Screens;

/// <summary>The system at one moment in lines.</summary>
internal static class TopScreen
{
    private static readonly IReadOnlyList<Column<SiloResponse>> Silos = [.. SiloListCommand.Columns.Where(column => column.Header != "ID")];

    private static readonly IReadOnlyList<Column<TopWorkspace>> Workspaces =
    [
        new("WORKSPACE", workspace => workspace.Id),
        new("WEIGHT", workspace => Texts.Of(workspace.Weight)),
        new("RUNNING", workspace => $"{Count(workspace, TaskStatuses.Processing)}{(workspace.MaxParallel is { } limit ? $"/{limit}" : "")}"),
        new("QUEUED", workspace => Count(workspace, TaskStatuses.Queued)),
        new("WAITING", workspace => Count(workspace, TaskStatuses.Waiting)),
        new("SCHEDULED", workspace => Count(workspace, TaskStatuses.Scheduled)),
        new("BLOCKED", workspace => Count(workspace, TaskStatuses.Blocked)),
        new("FAILED", workspace => Count(workspace, TaskStatuses.Failed)),
        new("PAUSED", workspace => workspace.Paused ? workspace.PausedBy ?? "by hand" : "no"),
    ];

    private static readonly IReadOnlyList<Column<TaskResponse>> Running =
    [
        new("TASK", task => task.Id.ToString()),
        new("WORKSPACE", task => task.Workspace, 24),
        new("ACTION", task => task.Action, 28),
        new("NAME", task => task.Name, 28),
        new("ATTEMPT", task => $"{task.Attempt}/{task.MaxAttempts}"),
        new("PROGRESS", task => task.Progress is { } progress ? string.Create(CultureInfo.InvariantCulture, $"{progress.Fraction * 100:0} % {progress.Message}") : null, 32),
    ];

    /// <param name="note">What else there is to say, below the first line.</param>
    public static IReadOnlyList<string> Of(TopSnapshot snapshot, string note, bool isolates)
    {
        var stats = snapshot.Stats;
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{Texts.Counted(stats.Silos, "silo")}, {stats.Busy}/{Texts.Counted(stats.Slots, "slot")} busy; {string.Join(", ", stats.Tasks.Select(state => $"{state.Value} {state.Key}"))}");
        return
        [
            head,
            VisibleText.Of(note),
            .. Tables.Of(snapshot.Silos, Silos, isolates),
            "",
            .. Tables.Of(snapshot.Workspaces, Workspaces, isolates),
            "",
            .. Tables.Of(snapshot.Running, Running, isolates),
        ];
    }

    private static string? Count(TopWorkspace workspace, string status) => Texts.Of(workspace.Tasks.GetValueOrDefault(status));
}

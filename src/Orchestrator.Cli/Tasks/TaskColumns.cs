using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.Tasks;

/// <summary>What a list says of a task.</summary>
internal static class TaskColumns
{
    public static IReadOnlyList<Column<TaskResponse>> List { get; } =
    [
        new("ID", task => task.Id.ToString()),
        new("STATUS", task => task.WaitingFor is { } reason ? $"{task.Status} ({reason})" : task.Status),
        new("ACTION", task => task.Action, 32),
        new("NAME", task => task.Name, 40),
        new("SCORE", task => Texts.Of(task.Score)),
        new("ATTEMPT", task => $"{task.Attempt}/{task.MaxAttempts}"),
        new("CREATED", task => Texts.Of(task.CreatedAt)),
        new("ERROR", task => task.Error?.Code),
    ];

    /// <summary>The same in a list of all workspaces.</summary>
    public static IReadOnlyList<Column<TaskResponse>> OfAll { get; } = [List[0], new("WORKSPACE", task => task.Workspace, 32), .. List.Skip(1)];
}

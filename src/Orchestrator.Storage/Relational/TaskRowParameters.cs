using Orchestrator.Core.Priorities;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>A new task as the statements take it that insert one row.</summary>
internal static class TaskRowParameters
{
    public static Parameter[] OfSpec(TaskRow row) =>
    [
        Parameter.Id("@id", row.Task.Id),
        Parameter.BigInteger("@workspace_key", row.WorkspaceKey),
        Parameter.Text("@action", row.Task.Action),
        Parameter.Text("@name", row.Task.Name),
        Parameter.Text("@description", row.Task.Description),
        Parameter.Text("@owner_id", row.Task.OwnerId),
        Parameter.Text("@tags", Json.OfList(row.Task.Tags)),
        Parameter.Text("@skills", Json.OfList(row.Task.Skills)),
        Parameter.Text("@resources", Json.OfCounts(row.Task.Resources)),
        Parameter.Text("@depends_on", Json.OfIds(row.Task.DependsOn)),
        Parameter.Text("@on_dependency_failure", TaskColumns.Of(row.Task.OnDependencyFailure)),
        Parameter.Id("@parent_id", row.Task.ParentId),
        Parameter.Id("@redrive_of", row.Task.RedriveOf),
        Parameter.Id("@run_id", row.Task.RunId),
        Parameter.Text("@step_key", row.Task.StepKey),
        Parameter.Integer("@priority", row.Task.Score),
        Parameter.Bytes("@input", row.Task.Input),
        Parameter.Time("@created_at", row.CreatedAt),
        Parameter.Text("@delegation_key", row.Task.DelegationKey),
        Parameter.Text("@trace_parent", row.Task.TraceParent),
    ];

    public static Parameter[] OfTask(TaskRow row) =>
    [
        Parameter.Id("@id", row.Task.Id),
        Parameter.BigInteger("@workspace_key", row.WorkspaceKey),
        Parameter.Text("@action", row.Task.Action),
        Parameter.Text("@lane", row.SkilledLane),
        Parameter.Text("@status", row.State.ToName()),
        Parameter.Real("@rank", row.Rank),
        Parameter.Integer("@score", row.Score),
        Parameter.Text("@score_source", ScoreSource.Heuristic),
        Parameter.Integer("@max_attempts", row.Task.MaxAttempts),
        Parameter.Integer("@timeout_ms", row.Task.TimeoutMs),
        Parameter.Time("@created_at", row.CreatedAt),
        Parameter.Time("@run_at", row.Task.RunAt),
        Parameter.Time("@deadline_at", row.Task.DeadlineAt),
        Parameter.Id("@parent_id", row.Task.ParentId),
        Parameter.Id("@run_id", row.Task.RunId),
        Parameter.Integer("@delegation_depth", row.DelegationDepth),
        Parameter.Integer("@pending_dependencies", row.PendingDependencies),
        Parameter.Flag("@has_dependents", row.HasDependents),
        Parameter.Flag("@has_children", row.HasChildren),
        Parameter.Text("@resources", Json.OfCounts(row.Task.Resources)),
        Parameter.Text("@submitted_data", row.SubmittedData),
    ];
}

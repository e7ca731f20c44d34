using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Storage.Relational;

/// <summary>How runs are read from their rows.</summary>
internal static class RunColumns
{
    public static RunRow Read(Row row)
    {
        var (state, fault) = ReadState(row);
        return Read(row, state, fault);
    }

    private static RunRow Read(Row row, RunState state, BrokenRunException? fault) => new()
    {
        Id = row.Id("id"),
        WorkspaceKey = row.BigInteger("workspace_key"),
        Workspace = row.Text("workspace"),
        DefinitionKey = row.BigInteger("definition_key"),
        Definition = new DefinitionName(row.Text("owner"), row.Text("name"), row.Text("version")),
        RootId = row.Id("root_id"),
        ParentId = row.IdOrNull("parent_id"),
        ParentWork = row.TextOrNull("parent_work"),
        Depth = row.Integer("depth"),
        State = state,
        Fault = fault,
        MaxParallel = row.Integer("max_parallel"),
        DefaultMaxParallel = row.Integer("default_max_parallel"),
        Priority = row.Integer("priority"),
        Tags = Json.ToList(row.TextOrNull("tags")),
        Input = row.MemoryOrNull("input"),
        Output = row.MemoryOrNull("output"),
        ReplayOf = row.IdOrNull("replay_of"),
        TraceParent = row.TextOrNull("trace_parent"),
        EventSeq = row.Integer("event_seq"),
        CreatedAt = row.Time("created_at"),
        BeginsAt = row.TimeOrNull("begins_at"),
        DeadlineAt = row.TimeOrNull("deadline_at"),
        DueAt = row.TimeOrNull("due_at"),
        Abandons = row.Flag("abandons"),
        FinishedAt = row.TimeOrNull("finished_at"),
    };

    /// <summary>One row that cannot be read keeps nobody from the others.</summary>
    public static (RunState State, BrokenRunException? Fault) ReadState(Row row)
    {
        var bytes = row.Bytes("state");
        try
        {
            return (RunState.Parse(bytes), null);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var status = row.TimeOrNull("finished_at") is null ? RunStatus.Started : RunStatus.Failed;
            return (new RunState { Status = status, Steps = [] }, new BrokenRunException("The state of the run cannot be read.", exception));
        }
    }

    public static RunRecord ToRecord(this RunRow row) => new()
    {
        Id = row.Id,
        WorkspaceKey = row.WorkspaceKey,
        Workspace = row.Workspace,
        Definition = row.Definition,
        State = row.State,
        MaxParallel = row.MaxParallel,
        Priority = row.Priority,
        Tags = row.Tags,
        Input = row.Input,
        Output = row.Output,
        ParentRunId = row.ParentId,
        ParentStep = row.ParentWork is { } work ? WorkKey.Parse(work).Step : null,
        ReplayOf = row.ReplayOf,
        CreatedAt = row.CreatedAt,
        FinishedAt = row.FinishedAt,
        DeadlineAt = row.DeadlineAt,
    };
}

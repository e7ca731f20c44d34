using Orchestrator.Core.Runs.Planning;

namespace Orchestrator.Storage.Relational;

/// <summary>Writes what became of runs, row by row; a dialect may write faster.</summary>
internal class RunWriter
{
    /// <summary>Writes runs with what they keep and tell, new ones too.</summary>
    public virtual async Task WriteAsync(Session session, IReadOnlyList<OpenRun> runs, DateTimeOffset now)
    {
        var tells = await session.AnyAsync("find_any_webhook").ConfigureAwait(false);
        foreach (var run in runs)
        {
            await session.ExecuteAsync(run.IsNew ? "insert_run" : "update_run", ParametersOf(run.Row)).ConfigureAwait(false);
            foreach (var (name, output) in run.Kept)
            {
                await session.ExecuteAsync(
                    "keep_run_output", Parameter.Id("@run_id", run.Row.Id), Parameter.Text("@name", name), Parameter.Bytes("@output", output)).ConfigureAwait(false);
            }

            if (run.Told.Count > 0)
            {
                await session.ExecuteAsync(
                    "insert_run_timeline",
                    Parameter.Id("@run_id", run.Row.Id),
                    Parameter.Integer("@first_seq", run.FirstEvent),
                    Parameter.Integer("@last_seq", run.Row.EventSeq),
                    Parameter.Time("@at", now),
                    Parameter.Text("@events", RunTimeline.Write(run.Told))).ConfigureAwait(false);
            }

            if (tells && run.Told.Count > 0)
            {
                await session.ExecuteAsync("tell_run", Parameter.Id("@id", run.Row.Id), Parameter.Integer("@first", run.FirstEvent)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Writes what the cache of steps is to hold, in its order, each entry once.</summary>
    public virtual async Task WriteAsync(Session session, IReadOnlyList<StepCacheEntry> entries, DateTimeOffset now)
    {
        foreach (var entry in entries)
        {
            await session.ExecuteAsync(
                "keep_step",
                Parameter.BigInteger("@workspace_key", entry.WorkspaceKey),
                Parameter.Text("@hash", entry.Hash),
                Parameter.Bytes("@output", entry.Output),
                Parameter.Time("@now", now),
                Parameter.Time("@expires_at", entry.ExpiresAt)).ConfigureAwait(false);
        }
    }

    /// <summary>Reads kept outputs of several runs, by their names.</summary>
    public virtual async Task<IReadOnlyList<(Guid RunId, string Name, byte[] Output)>> ReadOutputsAsync(Session session, IReadOnlyList<OpenRun> runs)
    {
        var found = new List<(Guid, string, byte[])>();
        foreach (var run in runs)
        {
            found.AddRange(await session.QueryAsync(
                "find_run_outputs",
                row => (run.Row.Id, row.Text("name"), row.Bytes("output")),
                Parameter.Id("@id", run.Row.Id),
                Parameter.TextList("@names", run.Missing)).ConfigureAwait(false));
        }

        return found;
    }

    private static Parameter[] ParametersOf(RunRow row) =>
    [
        Parameter.Id("@id", row.Id),
        Parameter.BigInteger("@workspace_key", row.WorkspaceKey),
        Parameter.BigInteger("@definition_key", row.DefinitionKey),
        Parameter.Id("@root_id", row.RootId),
        Parameter.Id("@parent_id", row.ParentId),
        Parameter.Text("@parent_work", row.ParentWork),
        Parameter.Integer("@depth", row.Depth),
        Parameter.Text("@status", row.State.Status.ToName()),
        Parameter.Bytes("@state", row.State.ToBytes()),
        Parameter.Integer("@in_flight", row.State.InFlight),
        Parameter.Integer("@max_parallel", row.MaxParallel),
        Parameter.Integer("@default_max_parallel", row.DefaultMaxParallel),
        Parameter.Integer("@priority", row.Priority),
        Parameter.Text("@tags", Json.OfList(row.Tags)),
        Parameter.Bytes("@input", row.Input),
        Parameter.Bytes("@output", row.Output),
        Parameter.Id("@replay_of", row.ReplayOf),
        Parameter.Text("@trace_parent", row.TraceParent),
        Parameter.Integer("@event_seq", row.EventSeq),
        Parameter.Time("@created_at", row.CreatedAt),
        Parameter.Time("@begins_at", row.BeginsAt),
        Parameter.Time("@deadline_at", row.DeadlineAt),
        Parameter.Time("@due_at", row.DueAt),
        Parameter.Flag("@abandons", row.Abandons),
        Parameter.Flag("@waits", row.State.IsWaiting),
        Parameter.Time("@finished_at", row.FinishedAt),
    ];
}

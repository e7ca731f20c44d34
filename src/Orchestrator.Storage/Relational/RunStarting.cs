using Orchestrator.Core.Runs.Planning;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>Starts a batch of runs within one transaction, each with its first tasks or not at all.</summary>
internal sealed class RunStarting(RunEngine engine, Session session, RunAdvance advance)
{
    private readonly Dictionary<Guid, SubmissionResult> _refused = [];

    public async Task<IReadOnlyList<StartRunResult>> StartAsync(IReadOnlyList<NewRun> runs)
    {
        var workspaces = (await session.QueryAsync(
            "share_workspaces_by_id",
            static row => (Id: row.Text("id"), Key: row.BigInteger("key")),
            Parameter.TextList("@ids", [.. runs.Select(static run => run.Workspace).Distinct()])).ConfigureAwait(false)).ToDictionary(static row => row.Id, static row => row.Key);
        var earlier = await OpenEarlierAsync(runs).ConfigureAwait(false);
        var now = await session.NowAsync().ConfigureAwait(false);
        var results = new StartRunResult?[runs.Count];
        var copies = new List<(NewRun Run, RunState State)>();

        // Receipts are written in one order, so that two batches with the same keys do not wait for each other in a circle.
        foreach (var index in Enumerable.Range(0, runs.Count)
            .OrderBy(i => runs[i].Workspace, StringComparer.Ordinal)
            .ThenBy(i => runs[i].Idempotency?.Key, StringComparer.Ordinal))
        {
            var run = runs[index];
            if (!workspaces.TryGetValue(run.Workspace, out var workspaceKey))
            {
                results[index] = new StartRunResult.WorkspaceNotFound();
                continue;
            }

            results[index] = await FindReceiptAsync(workspaceKey, run).ConfigureAwait(false)
                ?? await BeginAsync(run, workspaceKey, earlier, copies, now).ConfigureAwait(false);
        }

        foreach (var (run, state) in copies)
        {
            await CopyOutputsAsync(run, state).ConfigureAwait(false);
        }

        await advance.AdvanceAsync(_refused.Add).ConfigureAwait(false);
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = results[i] is StartRunResult.Replayed { RunId: var id } && _refused.TryGetValue(id, out var reason)
                ? new StartRunResult.Refused(reason)
                : results[i] ?? await AnswerAsync(runs[i], workspaces[runs[i].Workspace]).ConfigureAwait(false);
        }

        return results!;
    }

    /// <summary>Holds the runs that are to be repeated.</summary>
    private async Task<Dictionary<Guid, RunRow>> OpenEarlierAsync(IReadOnlyList<NewRun> runs)
    {
        var ids = runs.Select(static run => run.ReplayOf).OfType<Guid>().Distinct().ToArray();
        if (ids.Length == 0)
        {
            return [];
        }

        var rows = (await session.QueryAsync("find_runs", RunColumns.Read, Parameter.IdList("@ids", ids)).ConfigureAwait(false)).ToDictionary(static row => row.Id);
        await session.QueryAsync("lock_run_ids", static _ => true, Parameter.IdList("@ids", [.. rows.Values.Select(static row => row.RootId).Distinct()])).ConfigureAwait(false);
        return (await session.QueryAsync("find_runs", RunColumns.Read, Parameter.IdList("@ids", ids)).ConfigureAwait(false)).ToDictionary(static row => row.Id);
    }

    /// <summary>Takes a run in; answers why not, where it cannot be.</summary>
    private async Task<StartRunResult?> BeginAsync(
        NewRun run, long workspaceKey, Dictionary<Guid, RunRow> earlier, List<(NewRun Run, RunState State)> copies, DateTimeOffset now)
    {
        var definition = await engine.Definitions.GetAsync(session, run.DefinitionKey).ConfigureAwait(false);
        var state = RunPlanner.NewState(definition);
        if (run.ReplayOf is { } id)
        {
            if (!earlier.TryGetValue(id, out var row) || row.WorkspaceKey != workspaceKey || row.DefinitionKey != run.DefinitionKey)
            {
                return new StartRunResult.NotReplayable(null);
            }

            if (row.Fault is not null)
            {
                return new StartRunResult.NotReplayable(new RunRefusal(false, "The state of the run cannot be read."));
            }

            var (repeated, refusal) = RunPlanner.Replay(definition, row.State, run.ReplayFrom!);
            if (repeated is null)
            {
                return new StartRunResult.NotReplayable(refusal);
            }

            state = repeated;
        }

        if (run.Idempotency is { } key && !await Receipts.InsertAsync(session, workspaceKey, key, [run.Id]).ConfigureAwait(false))
        {
            return await FindReceiptAsync(workspaceKey, run).ConfigureAwait(false);
        }

        if (run.ReplayOf is not null)
        {
            copies.Add((run, state));
        }

        advance.Add(
            new RunRow
            {
                Id = run.Id,
                WorkspaceKey = workspaceKey,
                Workspace = run.Workspace,
                DefinitionKey = run.DefinitionKey,
                Definition = definition.Name,
                RootId = run.Id,
                State = state,
                MaxParallel = definition.MaxParallel ?? run.DefaultMaxParallel,
                DefaultMaxParallel = run.DefaultMaxParallel,
                Priority = run.Priority,
                Tags = run.Tags,
                Input = run.Input,
                ReplayOf = run.ReplayOf,
                TraceParent = run.TraceParent,
                CreatedAt = now,
                DeadlineAt = RunRow.DeadlineOf(now, definition.TimeoutMs),
            },
            definition).Add(new RunEvent.Begun());
        return null;
    }

    private async Task<StartRunResult?> FindReceiptAsync(long workspaceKey, NewRun run) =>
        run.Idempotency is not { } key ? null : await Receipts.FindAsync(session, workspaceKey, key).ConfigureAwait(false) switch
        {
            null => null,
            { IsSame: true } receipt => new StartRunResult.Replayed(receipt.TaskIds[0]),
            _ => new StartRunResult.IdempotencyConflict(),
        };

    /// <summary>Before the run itself, whose planning may read them; they hang on it by its id alone.</summary>
    private Task<int> CopyOutputsAsync(NewRun run, RunState state)
    {
        var ended = state.Steps.Where(static step => step.Status is StepStatus.Completed or StepStatus.Failed or StepStatus.Skipped).Select(static step => step.Id).ToList();
        return session.ExecuteAsync(
            "copy_run_outputs",
            Parameter.Id("@id", run.Id),
            Parameter.Id("@earlier_id", run.ReplayOf),
            Parameter.TextList("@steps", ended),
            Parameter.TextList("@prefixes", ended.ConvertAll(static step => $"{step}[")));
    }

    private async Task<StartRunResult> AnswerAsync(NewRun run, long workspaceKey)
    {
        if (!_refused.TryGetValue(run.Id, out var reason))
        {
            return new StartRunResult.Started(advance.Find(run.Id)!.Row.ToRecord());
        }

        if (run.Idempotency is { } key)
        {
            await session.ExecuteAsync(
                "delete_receipt", Parameter.BigInteger("@workspace_key", workspaceKey), Parameter.Text("@idempotency_key", key.Key)).ConfigureAwait(false);
        }

        if (run.ReplayOf is not null)
        {
            await session.ExecuteAsync("purge_run_outputs", Parameter.IdList("@ids", [run.Id])).ConfigureAwait(false);
        }

        return new StartRunResult.Refused(reason);
    }
}

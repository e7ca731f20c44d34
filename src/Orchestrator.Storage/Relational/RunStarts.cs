using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>Starts the work that plans ask for: sub-runs at once, as a part of planning, and tasks of all runs together.</summary>
internal sealed class RunStarts(
    RunEngine engine, Session session, PendingRoom room, RunAdvance advance, StartRoom startRoom, SubRunChecks checks, DateTimeOffset now, Action<Guid, SubmissionResult>? refuse)
{
    private readonly List<(OpenRun Run, WorkKey Key, NewTask Task)> _tasks = [];

    /// <summary>Whether the next submission is that of the first tasks of trees, which are started all or not at all.</summary>
    private bool _isFirst = refuse is not null;

    /// <summary>Takes what runs have started; what the cache knows has ended already.</summary>
    public async Task TakeAsync(IReadOnlyList<OpenRun> runs, RunCache cache)
    {
        var starts = runs.SelectMany(static run => run.TakeStarts(), static (run, start) => (Run: run, Start: start)).ToList();
        if (starts.Count == 0)
        {
            return;
        }

        foreach (var (run, start) in await cache.AnswerAsync(starts, now).ConfigureAwait(false))
        {
            if (start.Request.Run is null)
            {
                _tasks.Add((run, start.Key, ToTask(run, start)));
            }
        }

        await BeginAsync([.. starts.Where(static start => start.Start.Request.Run is not null)]).ConfigureAwait(false);
    }

    /// <summary>Submits the tasks that were taken; answers whether that made something happen to runs: a refusal.</summary>
    public async Task<bool> SubmitAsync()
    {
        if (_tasks.Count == 0)
        {
            return false;
        }

        // One submission a task, so that one which cannot be leaves the others alone; but a tree starts as a whole.
        var groups = _isFirst
            ? _tasks.GroupBy(static task => task.Run.Row.RootId).Select(static group => group.ToList()).ToList()
            : _tasks.ConvertAll(static task => (List<(OpenRun Run, WorkKey Key, NewTask Task)>)[task]);
        var wasFirst = _isFirst;
        _isFirst = false;
        _tasks.Clear();
        var results = await engine.Submissions.SubmitAsync(
            session, groups.ConvertAll(static group => new Submission(group[0].Run.Row.Workspace, group.ConvertAll(static task => task.Task))), room).ConfigureAwait(false);
        for (var i = 0; i < groups.Count; i++)
        {
            Note(groups[i], results[i], wasFirst);
        }

        return _tasks.Count > 0 || groups.Exists(static group => group[0].Run.HasEvents);
    }

    private void Note(List<(OpenRun Run, WorkKey Key, NewTask Task)> group, SubmissionResult result, bool isFirst)
    {
        var (run, key, _) = group[0];
        var lacksRoom = result is SubmissionResult.PendingCapReached or SubmissionResult.LargerThanPendingCap;
        switch (result)
        {
            case SubmissionResult.Accepted accepted:
                for (var i = 0; i < group.Count; i++)
                {
                    group[i].Run.NoteStarted(group[i].Task, accepted.Tasks[i]);
                }

                break;
            case not null when isFirst && lacksRoom && !(result is SubmissionResult.LargerThanPendingCap && group.Count > 1):
                advance.Forget(run.Row.RootId);
                refuse!(run.Row.RootId, result);
                break;
            case not null when group.Count > 1:
                // Alone, so that it shows which cannot be.
                _tasks.AddRange(group);
                break;
            default:
                run.Add(lacksRoom
                    ? new RunEvent.WorkDeferred(key)
                    : new RunEvent.WorkEnded(key, new WorkOutcome(null, ErrorOf(result!))));
                break;
        }
    }

    private static TaskError ErrorOf(SubmissionResult result) => TaskError.Of(
        result is SubmissionResult.InvalidResources ? ErrorCodes.ResourceUnavailable : ErrorCodes.InvalidInput, result.Refusal!);

    private NewTask ToTask(OpenRun run, RunEffect.Start start)
    {
        var action = start.Request.Action!;
        var defaults = engine.FindTaskDefaults?.Invoke(action) ?? TaskDefaults.Unconfigured;
        return new NewTask
        {
            Id = engine.NewId(now),
            Action = action,
            Name = start.Request.Name,
            Input = start.Request.Input,
            Score = start.Request.Priority ?? run.Row.Priority,
            MaxAttempts = start.Request.MaxAttempts ?? TaskLimits.DefaultMaxAttempts,
            TimeoutMs = start.Request.TimeoutMs ?? defaults.TimeoutMs,
            RunAt = start.Request.Delay > TimeSpan.Zero ? now + start.Request.Delay : null,
            Skills = start.Request.Skills,
            Resources = defaults.NeedsBeside(start.Request.Resources),
            RunId = run.Row.Id,
            StepKey = start.Key.ToString(),
            TraceParent = run.Row.TraceParent,
        };
    }

    private async Task BeginAsync(List<(OpenRun Run, RunEffect.Start Start)> starts)
    {
        if (starts.Count == 0)
        {
            return;
        }

        var keys = await engine.DefinitionKeys.FindAsync(session, [.. starts.Select(static start => start.Start.Request.Run!).Distinct()]).ConfigureAwait(false);
        foreach (var (parent, start) in starts)
        {
            var name = start.Request.Run!;
            if (!keys.TryGetValue(name.ToString(), out var key))
            {
                parent.Add(Refused(start.Key, $"There is no definition {name}."));
            }
            else if (parent.Row.Depth >= RunLimits.MaxRunDepth)
            {
                parent.Add(Refused(start.Key, $"Runs stand at most {RunLimits.MaxRunDepth} deep below each other."));
            }
            else
            {
                await BeginAsync(parent, start, key).ConfigureAwait(false);
            }
        }
    }

    private async Task BeginAsync(OpenRun parent, RunEffect.Start start, long definitionKey)
    {
        try
        {
            Begin(parent, start, definitionKey, await engine.Definitions.GetAsync(session, definitionKey).ConfigureAwait(false));
        }
        catch (BrokenRunException fault)
        {
            parent.Break(fault);
        }
    }

    private void Begin(OpenRun parent, RunEffect.Start start, long definitionKey, RunDefinition definition)
    {
        DateTimeOffset? beginsAt = start.Request.Delay > TimeSpan.Zero
            ? now + start.Request.Delay
            : startRoom.LeavesSubRuns || !checks.HasTimeFor(definition) ? now : null;

        // One that begins later is checked then.
        if (beginsAt is null && checks.FindMistakes(definition, start.Request.Input) is { } mistakes)
        {
            parent.Add(Refused(start.Key, mistakes));
            return;
        }

        var child = advance.Add(
            new RunRow
            {
                Id = engine.NewId(now),
                WorkspaceKey = parent.Row.WorkspaceKey,
                Workspace = parent.Row.Workspace,
                DefinitionKey = definitionKey,
                Definition = definition.Name,
                RootId = parent.Row.RootId,
                ParentId = parent.Row.Id,
                ParentWork = start.Key.ToString(),
                Depth = parent.Row.Depth + 1,
                State = RunPlanner.NewState(definition),
                MaxParallel = definition.MaxParallel ?? parent.Row.DefaultMaxParallel,
                DefaultMaxParallel = parent.Row.DefaultMaxParallel,
                Priority = start.Request.Priority ?? parent.Row.Priority,
                Input = start.Request.Input,
                TraceParent = parent.Row.TraceParent,
                CreatedAt = now,
                BeginsAt = beginsAt,
                DueAt = beginsAt,
                DeadlineAt = RunRow.DeadlineOf(beginsAt ?? now, Least(definition.TimeoutMs, start.Request.TimeoutMs)),
            },
            definition);
        if (beginsAt is null)
        {
            child.Add(new RunEvent.Begun());
        }
    }

    private static RunEvent.WorkEnded Refused(WorkKey key, string message) =>
        new(key, new WorkOutcome(null, TaskError.Of(ErrorCodes.InvalidInput, message)));

    private static long? Least(long? one, long? other) => one is null || other < one ? other : one;
}

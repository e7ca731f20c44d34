using System.Globalization;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Submissions;
using Orchestrator.Storage.Delegation;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Runtime.Delegation;

/// <summary>
/// What one attempt delegates. While the store is away it is tried again for as long as the attempt may run: the keys keep that from
/// making a child twice.
/// </summary>
internal sealed class AttemptDelegation(
    OpenAttempt attempt, ITaskSubmitter submitter, IDelegationStore store, IIdSource ids, IRandomSource random, TimeProvider timeProvider) : IDelegation
{
    private readonly StorePatience _patience = new(attempt, random, timeProvider);
    private int _created;

    public async Task<IReadOnlyList<Guid>> CreateAsync(IReadOnlyList<ChildTask> children, ReadOnlyMemory<byte>? checkpoint, CancellationToken cancellationToken)
    {
        var mistakes = ChildTaskRules.Check(children);
        if (checkpoint is { } note && JsonBytes.FindFlaw("checkpoint", note, TaskLimits.MaxCheckpointBytes) is { } flaw)
        {
            mistakes = [.. mistakes, flaw];
        }

        if (mistakes.Count > 0)
        {
            throw new DelegationException(ErrorCodes.InvalidInput, TaskError.Clip(string.Join(' ', mistakes)));
        }

        var first = Interlocked.Add(ref _created, children.Count) - children.Count;
        var submission = new Submission(attempt.Task.Workspace, [.. children.Select((child, index) => ToTask(child, first + index + 1))])
        {
            DelegatedBy = new DelegatingAttempt(attempt.Lease, checkpoint),
        };
        var result = await _patience.RepeatAsync(token => submitter.SubmitAsync(submission, token), cancellationToken).ConfigureAwait(false);
        if (result is SubmissionResult.LeaseLost)
        {
            throw _patience.LoseLease();
        }

        return result is SubmissionResult.Accepted accepted ? [.. accepted.Tasks.Select(static task => task.Id)] : throw Refusals.Of(result);
    }

    public async Task<IReadOnlyList<ChildOutcome>?> FindOutcomesAsync(IReadOnlyList<Guid> children, CancellationToken cancellationToken)
    {
        if (children.Count > TaskLimits.MaxBatchSize)
        {
            throw new DelegationException(
                ErrorCodes.InvalidInput,
                string.Create(CultureInfo.InvariantCulture, $"A task can wait for {TaskLimits.MaxBatchSize} children at a time, not for {children.Count}."));
        }

        var found = await _patience.RepeatAsync(
            token => store.FindChildrenAsync(attempt.Lease.TaskId, children, token), cancellationToken).ConfigureAwait(false);
        if (found.Count < children.Count)
        {
            throw new DelegationException(ErrorCodes.InvalidInput, $"{children.Except(found.Select(static child => child.Id)).First()} is no child of this task.");
        }

        return found.All(static child => child.State.IsTerminal())
            ? [.. found.Select(static child => new ChildOutcome(child.Id, child.State, child.Result, child.Error))]
            : null;
    }

    private NewTask ToTask(ChildTask child, int number) => new()
    {
        Id = ids.NewTaskId(),
        ParentId = attempt.Lease.TaskId,
        DelegationKey = child.Key ?? string.Create(CultureInfo.InvariantCulture, $"{ChildTaskRules.AutomaticKey}{number}"),
        Action = child.Action,
        Input = child.Input,
        Name = child.Name,
        Description = child.Description,
        Tags = child.Tags,
        Score = child.Score,
        MaxAttempts = child.MaxAttempts,
        TimeoutMs = child.TimeoutMs,
        DeadlineAt = child.DeadlineAt,
        RunAt = child.RunAt,
        DependsOn = child.DependsOn,
        OnDependencyFailure = child.OnDependencyFailure,
        Resources = child.Resources,
        Skills = child.Skills,
    };
}

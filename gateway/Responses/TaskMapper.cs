using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Priorities;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Responses;

/// <summary>Tasks as the wire shows them.</summary>
internal static class TaskMapper
{
    public static TaskResponse ToResponse(this TaskRecord task, int? queuePosition = null) => new()
    {
        Id = task.Id,
        Workspace = task.Workspace,
        Action = task.Action,
        Name = task.Name,
        Description = task.Description,
        OwnerId = task.OwnerId,
        Tags = task.Tags,
        Status = task.State.ToName(),
        WaitingFor = task.WaitingFor?.ToName(),
        Score = task.Score,
        ScoreSource = task.ScoreSource,
        Attempt = task.Attempt,
        MaxAttempts = task.MaxAttempts,
        TimeoutMs = task.TimeoutMs,
        DeadlineAt = task.DeadlineAt,
        RunAt = task.RunAt,
        DelegationDepth = task.DelegationDepth,
        ParentId = task.ParentId,
        RedriveOf = task.RedriveOf,
        RunId = task.RunId,
        StepId = task.StepId,
        DependsOn = task.DependsOn,
        OnDependencyFailure = ToName(task.OnDependencyFailure),
        Resources = task.Resources,
        Skills = task.Skills,
        Progress = task.ProgressFraction is { } fraction ? new TaskProgress(fraction, task.ProgressMessage) : null,
        Result = RawJson.From(task.Result),
        Error = task.Error is { } error ? new TaskErrorResponse(error.Code, error.Message, error.Retryable) : null,
        Usage = task.Usage?.ToResponse(),
        CreatedAt = task.CreatedAt,
        StartedAt = task.StartedAt,
        FinishedAt = task.FinishedAt,
        QueuePosition = queuePosition,
        Links = TaskLinks.Of(task.Id),
    };

    /// <summary>A task that was stored a moment ago, without reading it again.</summary>
    public static TaskResponse ToResponse(this CreatedTask created, NewTask task, string workspace) => new()
    {
        Id = created.Id,
        Workspace = workspace,
        Action = task.Action,
        Name = task.Name,
        Description = task.Description,
        OwnerId = task.OwnerId,
        Tags = task.Tags,
        Status = created.State.ToName(),
        Score = created.Score,
        ScoreSource = ScoreSource.Heuristic,
        Attempt = 0,
        MaxAttempts = task.MaxAttempts,
        TimeoutMs = task.TimeoutMs,
        DeadlineAt = task.DeadlineAt,
        RunAt = task.RunAt,
        DelegationDepth = created.DelegationDepth,
        ParentId = task.ParentId,
        RedriveOf = task.RedriveOf,
        DependsOn = task.DependsOn,
        OnDependencyFailure = ToName(task.OnDependencyFailure),
        Resources = task.Resources,
        Skills = task.Skills,
        CreatedAt = created.CreatedAt,
        Links = TaskLinks.Of(created.Id),
    };

    public static TaskUsageResponse ToResponse(this TaskUsage usage) =>
        new(usage.InputTokens, usage.OutputTokens, usage.CachedTokens, usage.ReasoningTokens, usage.Cost);

    private static string ToName(DependencyFailureAction action) => action == DependencyFailureAction.Run ? "run" : "cancel";
}

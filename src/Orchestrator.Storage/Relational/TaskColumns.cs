using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>How tasks are read from their rows.</summary>
internal static class TaskColumns
{
    /// <summary>Cost is kept in billionths of the currency, so that sums are exact.</summary>
    public const decimal CostUnit = 1_000_000_000m;

    public static string Of(DependencyFailureAction action) => action == DependencyFailureAction.Run ? "run" : "cancel";

    public static TaskRecord Read(Row row) => new()
    {
        Id = row.Id("id"),
        Workspace = row.Text("workspace"),
        Action = row.Text("action"),
        Name = row.TextOrNull("name"),
        Description = row.TextOrNull("description"),
        OwnerId = row.TextOrNull("owner_id"),
        Tags = Json.ToList(row.TextOrNull("tags")),
        State = TaskStateNames.Parse(row.Text("status")),
        WaitingFor = row.TextOrNull("waiting_for") is { } waitingFor ? Enum.Parse<WaitingFor>(waitingFor, ignoreCase: true) : null,
        WaitingOn = row.TextOrNull("waiting_on"),
        Priority = row.Integer("priority"),
        Score = row.Integer("score"),
        ScoreSource = row.Text("score_source"),
        Attempt = row.Integer("attempt"),
        MaxAttempts = row.Integer("max_attempts"),
        TimeoutMs = row.Integer("timeout_ms"),
        DeadlineAt = row.TimeOrNull("deadline_at"),
        RunAt = row.TimeOrNull("run_at"),
        DueAt = row.TimeOrNull("due_at"),
        DelegationDepth = row.Integer("delegation_depth"),
        ParentId = row.IdOrNull("parent_id"),
        RedriveOf = row.IdOrNull("redrive_of"),
        RunId = row.IdOrNull("run_id"),
        StepId = row.TextOrNull("step_key"),
        DependsOn = Json.ToIds(row.TextOrNull("depends_on")),
        OnDependencyFailure = row.Text("on_dependency_failure") == "run" ? DependencyFailureAction.Run : DependencyFailureAction.Cancel,
        Resources = Json.ToCounts(row.TextOrNull("resources")),
        Skills = Json.ToList(row.TextOrNull("skills")),
        ProgressFraction = row.RealOrNull("progress_fraction"),
        ProgressMessage = row.TextOrNull("progress_message"),
        Error = ReadError(row),
        Usage = ReadUsage(row),
        CreatedAt = row.Time("created_at"),
        StartedAt = row.TimeOrNull("started_at"),
        FinishedAt = row.TimeOrNull("finished_at"),
    };

    public static Parameter[] UsageParameters(TaskUsage? usage) =>
    [
        Parameter.Flag("@has_usage", usage is not null),
        Parameter.BigInteger("@input_tokens", usage?.InputTokens ?? 0),
        Parameter.BigInteger("@output_tokens", usage?.OutputTokens ?? 0),
        Parameter.BigInteger("@cached_tokens", usage?.CachedTokens ?? 0),
        Parameter.BigInteger("@reasoning_tokens", usage?.ReasoningTokens ?? 0),
        Parameter.BigInteger("@cost_nanos", CostNanos(usage)),
    ];

    public static long CostNanos(TaskUsage? usage) => (long)decimal.Round((usage?.Cost ?? 0) * CostUnit);

    public static Parameter[] ErrorParameters(TaskError? error) =>
    [
        Parameter.Text("@error_code", error?.Code),
        Parameter.Text("@error_message", error?.Message),
        Parameter.Flag("@error_retryable", error?.Retryable),
    ];

    private static TaskError? ReadError(Row row) => row.TextOrNull("error_code") is { } code
        ? new TaskError(code, row.Text("error_message"), row.Flag("error_retryable"))
        : null;

    private static TaskUsage? ReadUsage(Row row) => row.BigIntegerOrNull("input_tokens") is { } inputTokens
        ? new TaskUsage(
            inputTokens,
            row.BigInteger("output_tokens"),
            row.BigInteger("cached_tokens"),
            row.BigInteger("reasoning_tokens"),
            row.BigInteger("cost_nanos") / CostUnit)
        : null;
}

using System.Text.Json;
using Orchestrator.Core.Priorities;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>What an event carries beyond its type; members that do not apply stay away.</summary>
internal sealed record EventData
{
    public string? Code { get; init; }
    public string? Message { get; init; }
    public bool? Retryable { get; init; }
    public long? DelayMs { get; init; }
    public double? Fraction { get; init; }
    public string? Text { get; init; }
    public string? Reason { get; init; }
    public string? Silo { get; init; }
    public string? Resource { get; init; }
    public string? Provider { get; init; }
    public string? WaitingFor { get; init; }
    public int? Children { get; init; }
    public int? Pending { get; init; }

    public string? Question { get; init; }
    public string? ExpiresAt { get; init; }
    public string? Decision { get; init; }
    public string? Comment { get; init; }

    public int? Number { get; init; }
    public string? Role { get; init; }
    public string? Content { get; init; }

    public int? Score { get; init; }
    public string? Source { get; init; }
    public IReadOnlyList<ScoreReason>? Reasons { get; init; }

    public static EventData Of(HeuristicScore score) => new() { Score = score.Score, Source = ScoreSource.Heuristic, Reasons = score.Reasons };

    public static EventData Of(TaskError error) => new() { Code = error.Code, Message = error.Message, Retryable = error.Retryable };

    public string ToJson() => JsonSerializer.Serialize(this, StorageJson.Default.EventData);
}

namespace Orchestrator.Storage.Tasks;

/// <summary>Changes to a task that has not started; null leaves a field as it is.</summary>
public sealed record TaskPatch
{
    public int? Score { get; init; }
    public DateTimeOffset? RunAt { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }
    public ReadOnlyMemory<byte>? Input { get; init; }
}

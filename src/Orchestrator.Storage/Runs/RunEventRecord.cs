namespace Orchestrator.Storage.Runs;

/// <summary>An entry of a run's history. <paramref name="Data"/> is JSON.</summary>
public sealed record RunEventRecord(int Seq, string Type, DateTimeOffset At, string? Step, int? Item, string? Data);

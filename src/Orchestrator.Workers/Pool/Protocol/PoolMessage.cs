namespace Orchestrator.Workers.Pool;

/// <summary>One line from a worker process; which members it has depends on the type.</summary>
internal sealed record PoolMessage(PoolMessageType Type)
{
    /// <summary>The task the line is about: progress, chunk, result, error.</summary>
    public Guid Id { get; init; }

    /// <summary>What the process executes: ready.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>From 0 to 1: progress.</summary>
    public double Fraction { get; init; }

    /// <summary>The piece of output: chunk.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>JSON as the process wrote it: result.</summary>
    public byte[] Output { get; init; } = [];

    /// <summary>Error.</summary>
    public string Code { get; init; } = string.Empty;

    /// <summary>Progress, error.</summary>
    public string? Message { get; init; }

    /// <summary>Error; null where the process leaves it to the code.</summary>
    public bool? Retryable { get; init; }

    /// <summary>A number by which the process knows the answer again: delegate, outcomes, decision.</summary>
    public long? Request { get; init; }

    /// <summary>JSON as the process wrote it: delegate.</summary>
    public byte[] Tasks { get; init; } = [];

    /// <summary>JSON as the process wrote it; null where it notes nothing: delegate, wait, ask.</summary>
    public ReadOnlyMemory<byte>? Checkpoint { get; init; }

    /// <summary>Children of the task: outcomes, wait.</summary>
    public IReadOnlyList<Guid> Children { get; init; } = [];

    /// <summary>Names one of the task's questions; null for the last: decision, ask.</summary>
    public string? Key { get; init; }

    /// <summary>What a person is asked: ask.</summary>
    public string Question { get; init; } = string.Empty;

    /// <summary>JSON as the process wrote it; null for nothing: ask.</summary>
    public ReadOnlyMemory<byte>? Details { get; init; }

    /// <summary>How long the answer is waited for; null for as long as it takes: ask.</summary>
    public long? TimeoutMs { get; init; }
}

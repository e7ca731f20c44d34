using System.Text.Json.Serialization;

namespace Orchestrator.Contracts.Leases;

/// <summary>One attempt of a task, and the right to write its end.</summary>
public sealed record RemoteLease
{
    /// <summary>Names the lease in every later request; nobody else knows it.</summary>
    public required Guid Token { get; init; }

    /// <summary>When the right ends, by the database's clock, unless a heartbeat moves it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How far away that was, in milliseconds, when this was answered: what a worker whose clock is another's goes by.</summary>
    public required int ExpiresInMs { get; init; }

    /// <summary>The attempt in the trace that its task was submitted in, as a <c>traceparent</c> of W3C, for the worker to go on with; left out where there is no trace.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceParent { get; init; }

    public required LeasedTask Task { get; init; }
}

using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>Where a run stands, without its input and outputs. Small: it is written anew with each step.</summary>
public sealed record RunState
{
    public RunStatus Status { get; init; }

    /// <summary>Whether completed steps are being undone.</summary>
    public bool IsCompensating { get; init; }

    /// <summary>One for each step of the definition, in its order.</summary>
    public required IReadOnlyList<StepState> Steps { get; init; }

    /// <summary>Why it failed or was aborted.</summary>
    public TaskError? Error { get; init; }

    /// <summary>How many tasks and sub-runs it has under way.</summary>
    public int InFlight => throw new NotImplementedException();

    /// <summary>The work under way.</summary>
    public IEnumerable<WorkKey> FindInFlight() => throw new NotImplementedException();

    public static RunState Parse(ReadOnlySpan<byte> utf8) => throw new NotImplementedException();

    /// <summary>As compact JSON in UTF-8.</summary>
    public byte[] ToBytes() => throw new NotImplementedException();
}

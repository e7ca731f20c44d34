using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Runs.Definitions;

/// <summary>What a run does: its steps and how they hang together. Checked as a whole; it never changes once it is published.</summary>
public sealed record RunDefinition
{
    public required DefinitionName Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The JSON Schema that the input of a run must follow; null for any input.</summary>
    public ReadOnlyMemory<byte>? InputSchema { get; init; }

    /// <summary>How many tasks and sub-runs of one run may be under way at once; null for the setting of the cluster.</summary>
    public int? MaxParallel { get; init; }

    /// <summary>How long a run may take, in milliseconds; null for no limit.</summary>
    public long? TimeoutMs { get; init; }

    /// <summary>In the order of the document; a step may need any other one, as long as there is no circle.</summary>
    public required IReadOnlyList<StepDefinition> Steps { get; init; }

    /// <summary>What a completed run answers; null for an object of the outputs of the steps that no other step needs, by their ids.</summary>
    public Template? Output { get; init; }
}

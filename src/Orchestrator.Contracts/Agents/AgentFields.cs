using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Agents;

/// <summary>What an agent is, whoever asks.</summary>
public abstract record AgentFields
{
    /// <summary>For people; no model sees it.</summary>
    public string? Description { get; init; }

    /// <summary>What the model is told before everything else, up to 100,000 characters.</summary>
    public required string Instructions { get; init; }

    /// <summary>The model, as <c>provider/model</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Up to 5 models that are asked, in this order, when it gives no answer.</summary>
    public IReadOnlyList<string>? Fallbacks { get; init; }

    /// <summary>How well it does what needs a skill: above 0 and up to 1, by the skill's name.</summary>
    public IReadOnlyDictionary<string, double>? Skills { get; init; }

    /// <summary>What it may use of <c>create_task</c>, <c>wait_for_tasks</c>, <c>ask_person</c> and <c>finish</c>; an agent with an output schema has <c>finish</c> in any case.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>Servers of more tools, up to 10.</summary>
    public IReadOnlyList<McpServerBody>? McpServers { get; init; }

    /// <summary>How many answers of the model one task may take; 20 by default.</summary>
    public int? MaxTurns { get; init; }

    /// <summary>How long one answer of the model and the tools that it calls may take together; 120,000 by default.</summary>
    public int? TurnTimeoutMs { get; init; }

    /// <summary>The JSON Schema that the result must follow; without one the result is text.</summary>
    public RawJson? OutputSchema { get; init; }

    /// <summary>Bounds each answer of the model; the provider's own bound by default.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>From 0 to 2; the provider's own by default.</summary>
    public double? Temperature { get; init; }
}

namespace Orchestrator.Core.Agents;

/// <summary>An agent: what it is told, which model it is, what it can do, and how long.</summary>
public sealed record AgentDefinition
{
    public required string Name { get; init; }

    /// <summary>For people; no model sees it.</summary>
    public string? Description { get; init; }

    /// <summary>What the model is told before everything else.</summary>
    public required string Instructions { get; init; }

    /// <summary><c>provider/model</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The models that are asked when that one gives no answer, in this order.</summary>
    public IReadOnlyList<string> Fallbacks { get; init; } = [];

    /// <summary>How well it does what needs a skill, above 0 and up to 1.</summary>
    public IReadOnlyDictionary<string, double> Skills { get; init; } = new Dictionary<string, double>();

    /// <summary>Those of <see cref="AgentTools"/> that it may use.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    public IReadOnlyList<McpServer> McpServers { get; init; } = [];

    /// <summary>How many answers of the model one task may take.</summary>
    public int MaxTurns { get; init; } = AgentLimits.DefaultMaxTurns;

    /// <summary>How long one answer of the model and the tools that it calls may take together.</summary>
    public int TurnTimeoutMs { get; init; } = AgentLimits.DefaultTurnTimeoutMs;

    /// <summary>The JSON Schema that its result must follow; null for text.</summary>
    public string? OutputSchema { get; init; }

    /// <summary>Bounds each answer of the model; null for the provider's own bound.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>From 0 to 2; null for the provider's own.</summary>
    public double? Temperature { get; init; }

    /// <summary>Without anything that may be secret.</summary>
    public override string ToString() => $"Agent {Name}";
}

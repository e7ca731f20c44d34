using System.Collections.Immutable;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Agents.Loop;

/// <summary>All that an attempt must know to go on where another stopped. It is the task's checkpoint.</summary>
internal sealed record AgentState
{
    /// <summary>Which agent it is, and which version of it: the same for as long as the task lives.</summary>
    public required string Agent { get; init; }

    public required int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many answers of the model stand in the conversation, or stood there.</summary>
    public int Turns { get; init; }

    /// <summary>What followed the input.</summary>
    public ImmutableList<ChatMessage> Messages { get; init; } = [];

    /// <summary>The tasks that it created.</summary>
    public ImmutableList<Guid> Children { get; init; } = [];
}

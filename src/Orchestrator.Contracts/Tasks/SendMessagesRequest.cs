namespace Orchestrator.Contracts.Tasks;

/// <summary>What is said to a task.</summary>
public sealed record SendMessagesRequest
{
    /// <summary>1 to 100, in order.</summary>
    public required IReadOnlyList<MessageRequest> Messages { get; init; }
}

namespace Orchestrator.Contracts.Tasks;

/// <summary>One message to a task.</summary>
public sealed record MessageRequest
{
    /// <summary><c>user</c> or <c>system</c>.</summary>
    public required string Role { get; init; }

    /// <summary>1 to 65,536 characters.</summary>
    public required string Content { get; init; }
}

namespace Orchestrator.Contracts.Keys;

/// <summary>A key to create.</summary>
public sealed record CreateKeyRequest
{
    /// <summary>The audit log names its holder so. No other key has it, or had it.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do: <c>read</c>, <c>submit</c>, <c>control</c>, <c>work</c>, or <c>admin</c>, which is all of it and settings and keys besides.</summary>
    public required IReadOnlyList<string> Verbs { get; init; }

    /// <summary>Where; everywhere if none is named.</summary>
    public IReadOnlyList<string>? Workspaces { get; init; }

    /// <summary>From then on it is refused; never if left out.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

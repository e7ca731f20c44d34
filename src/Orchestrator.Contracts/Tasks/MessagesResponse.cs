namespace Orchestrator.Contracts.Tasks;

/// <summary>Messages that are durable.</summary>
/// <param name="Accepted">How many.</param>
public sealed record MessagesResponse(int Accepted);

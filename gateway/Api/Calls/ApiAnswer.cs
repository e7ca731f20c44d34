namespace Orchestrator.Gateway.Api.Calls;

/// <summary>What the API answered.</summary>
/// <param name="Body">JSON.</param>
/// <param name="RetryAfter">When it is worth trying again, in seconds.</param>
internal sealed record ApiAnswer(int Status, ReadOnlyMemory<byte> Body, string? RetryAfter);

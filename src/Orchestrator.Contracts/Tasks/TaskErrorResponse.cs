namespace Orchestrator.Contracts.Tasks;

/// <summary>Why an attempt or a task failed.</summary>
/// <param name="Code">One of the closed set of error codes.</param>
/// <param name="Message">For a person.</param>
/// <param name="Retryable">Whether another attempt is worth while.</param>
public sealed record TaskErrorResponse(string Code, string Message, bool Retryable);

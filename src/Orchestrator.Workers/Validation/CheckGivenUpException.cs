namespace Orchestrator.Workers.Validation;

/// <summary>A check costs more than one may; the payload does not count as valid then.</summary>
internal sealed class CheckGivenUpException(string message) : Exception(message);

namespace Orchestrator.Core.Runs.Planning;

/// <summary>What evaluating came to: a value, why there is none, or neither where an output was missing.</summary>
internal readonly record struct Evaluated<T>(bool IsMissing, T Value, string? Fault);

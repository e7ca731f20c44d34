namespace Orchestrator.Storage.Relational;

/// <summary>What is kept of a run, or of its definition, cannot be read or is not all there.</summary>
internal sealed class BrokenRunException(string message, Exception? cause = null) : Exception(message, cause);

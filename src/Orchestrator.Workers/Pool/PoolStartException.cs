namespace Orchestrator.Workers.Pool;

/// <summary>A worker process could not be started or did not become ready. The message is a clause without a full stop.</summary>
internal sealed class PoolStartException(string message) : Exception(message);

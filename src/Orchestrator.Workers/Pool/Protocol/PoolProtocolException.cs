namespace Orchestrator.Workers.Pool;

/// <summary>A worker process said what the protocol does not allow. The message ends a sentence that begins with "The worker process".</summary>
internal sealed class PoolProtocolException(string message) : Exception(message);

namespace Orchestrator.Cli;

/// <summary>An interruption that has more to say than that it was one.</summary>
internal sealed class InterruptedException(string message) : OperationCanceledException(message);

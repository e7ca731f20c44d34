namespace Orchestrator.Client;

/// <summary>A request that is about to be sent again.</summary>
/// <param name="Request">Its method and path.</param>
/// <param name="Attempt">How often it was sent so far.</param>
/// <param name="Delay">The pause before it is sent again.</param>
/// <param name="Cause">Why.</param>
public sealed record RequestRetry(string Request, int Attempt, TimeSpan Delay, OrchestratorException Cause);

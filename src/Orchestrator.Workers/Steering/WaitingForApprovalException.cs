namespace Orchestrator.Workers;

/// <summary>Ends an attempt that asks a person. It is to be left alone; whatever a worker does after it is not looked at.</summary>
public sealed class WaitingForApprovalException() : Exception("The attempt ends here, because the task waits for a person's decision.");

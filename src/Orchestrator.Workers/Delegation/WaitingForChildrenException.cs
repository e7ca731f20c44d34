namespace Orchestrator.Workers;

/// <summary>Ends an attempt that waits for children. It is to be left alone; whatever a worker does after it is not looked at.</summary>
public sealed class WaitingForChildrenException() : Exception("The attempt ends here, because the task waits for its children.");

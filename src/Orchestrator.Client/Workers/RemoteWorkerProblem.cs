using Orchestrator.Contracts.Leases;

namespace Orchestrator.Client.Workers;

/// <summary>Something that went wrong around the handler.</summary>
/// <param name="Message">What, for a log.</param>
/// <param name="Task">The task it happened to; null when no task is concerned.</param>
/// <param name="Cause">Null when nothing was thrown.</param>
public sealed record RemoteWorkerProblem(string Message, LeasedTask? Task, Exception? Cause);

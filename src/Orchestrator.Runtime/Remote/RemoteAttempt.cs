using Orchestrator.Storage.Turns;

namespace Orchestrator.Runtime.Remote;

/// <summary>A task leased to a remote worker.</summary>
/// <param name="RequestSentTimestamp">Taken before the turn was asked for, so that it lies before the lease's beginning.</param>
/// <param name="Turn">The span of the turn that leased it; null where nobody looks.</param>
public sealed record RemoteAttempt(ClaimedTask Task, long RequestSentTimestamp, string? Turn);

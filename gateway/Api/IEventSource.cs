using Orchestrator.Gateway.Problems;
using Orchestrator.Runtime.Watching;

namespace Orchestrator.Gateway.Api;

/// <summary>A history that grows until it ends.</summary>
internal interface IEventSource
{
    /// <summary>Subscribe first, then read, then wait.</summary>
    ITaskSubscription Subscribe();

    /// <summary>Null when what it is the history of is not there, or is gone.</summary>
    Task<EventPart?> ReadAsync(int after, int limit, CancellationToken cancellationToken);

    ProblemException NotFound();
}

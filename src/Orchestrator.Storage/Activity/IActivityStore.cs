using Orchestrator.Core.Scheduling;

namespace Orchestrator.Storage.Activity;

/// <summary>How much goes on in the workspaces.</summary>
public interface IActivityStore
{
    /// <summary>The tier of the busiest workspace.</summary>
    /// <param name="lowAfter">After how long without a submission activity counts as low.</param>
    Task<PollingTier> FindTierAsync(TimeSpan lowAfter, CancellationToken cancellationToken);
}

using Orchestrator.Core.Scheduling;

namespace Orchestrator.Storage.Activity;

/// <summary>How much goes on in the workspaces.</summary>
public interface IActivityStore
{
    /// <summary>The tier of the busiest workspace.</summary>
    /// <param name="lowAfter">After how long without a submission activity counts as low.</param>
    Task<PollingTier> FindTierAsync(TimeSpan lowAfter, CancellationToken cancellationToken);

    /// <summary>What there is to do and what holds it up, over all workspaces.</summary>
    /// <param name="most">How far each count goes at most; what is beyond is not looked at.</param>
    Task<Workload> ReadWorkloadAsync(int most, CancellationToken cancellationToken);
}

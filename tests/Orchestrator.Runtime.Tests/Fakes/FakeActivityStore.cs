using Orchestrator.Core.Scheduling;
using Orchestrator.Storage.Activity;

namespace Orchestrator.Runtime.Tests.Fakes;

internal sealed class FakeActivityStore : IActivityStore
{
    public PollingTier Tier { get; set; }

    /// <summary>Null for a store that is away.</summary>
    public Workload? Workload { get; set; }

    public int Readings { get; private set; }

    public Task<PollingTier> FindTierAsync(TimeSpan lowAfter, CancellationToken cancellationToken) => Task.FromResult(Tier);

    public Task<Workload> ReadWorkloadAsync(int most, CancellationToken cancellationToken)
    {
        Readings++;
        return Workload is { } workload ? Task.FromResult(workload) : throw new Storage.StoreUnavailableException("away");
    }
}

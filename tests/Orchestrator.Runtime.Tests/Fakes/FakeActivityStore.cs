using Orchestrator.Core.Scheduling;
using Orchestrator.Storage.Activity;

namespace Orchestrator.Runtime.Tests.Fakes;

internal sealed class FakeActivityStore : IActivityStore
{
    public PollingTier Tier { get; set; }

    public Task<PollingTier> FindTierAsync(TimeSpan lowAfter, CancellationToken cancellationToken) => Task.FromResult(Tier);
}

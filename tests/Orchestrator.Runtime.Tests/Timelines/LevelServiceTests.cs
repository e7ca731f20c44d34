using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Runtime.Maintenance;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Resources;
using Orchestrator.Telemetry;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Timelines;

public sealed class LevelServiceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Round_AnyChance_EndsEarlyInTheNextBucket(double chance)
    {
        using var meter = new OrchestratorMeter();
        var store = new FakeLevelStore(TimeSpan.FromSeconds(59));
        using var service = new LevelService(
            store, Parts.Options(new TimelineOptions()), new FixedRandom(chance), new ManualTimeProvider(), new MaintenanceInstruments(meter), NullLogger<LevelService>.Instance);

        var pause = await service.RunRoundAsync(CancellationToken.None);

        Assert.Equal(TimeSpan.FromMinutes(1), store.Asked);
        Assert.InRange(pause, TimeSpan.FromSeconds(59 + 1), TimeSpan.FromSeconds(59 + 10));
    }

    /// <summary>The next bucket begins in a while.</summary>
    private sealed class FakeLevelStore(TimeSpan next) : ILevelStore
    {
        public TimeSpan? Asked { get; private set; }

        public Task<TimeSpan> SampleAsync(TimeSpan bucketSize, CancellationToken cancellationToken)
        {
            Asked = bucketSize;
            return Task.FromResult(next);
        }

        public Task<LevelRecord?> ReadAsync(string name, TimeSpan bucketSize, TimeSpan duration, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

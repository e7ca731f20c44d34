using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Leases;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Tests.Fakes;

namespace Orchestrator.Runtime.Tests.Leases;

public sealed class HungStoreTests
{
    [Fact]
    public async Task Heartbeat_ThatHangsInTheStore_DoesNotKeepTheWatchdogFromStopping()
    {
        await using var parts = new Parts();
        using var hung = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        parts.Leases.OnRenew = _ =>
        {
            entered.Set();
            hung.Wait();
            return [];
        };
        var leases = new LeaseOptions { Duration = TimeSpan.FromMilliseconds(500), HeartbeatInterval = TimeSpan.FromMilliseconds(50) };
        var heartbeat = new HeartbeatThread(
            parts.Leases, parts.Registry, Parts.Options(leases), TimeProvider.System, parts.LeaseInstruments, NullLogger<HeartbeatThread>.Instance);
        using var watchdog = new LeaseWatchdog(parts.Registry, TimeProvider.System, NullLogger<LeaseWatchdog>.Instance);
        var attempt = new OpenAttemptFactory(Parts.Options(leases), TimeProvider.System)
            .Open(Parts.Claim(), Parts.Entry(FakeExecutor.Obedient()), TimeProvider.System.GetTimestamp());
        parts.Registry.Add([attempt]);

        await heartbeat.StartAsync(CancellationToken.None);
        await watchdog.StartAsync(CancellationToken.None);
        Assert.True(entered.Wait(Wait.Limit));
        await attempt.Stopped.Soon();

        Assert.Equal(StopReason.LeaseRunOut, attempt.End());
        hung.Set();
        await watchdog.StopAsync(CancellationToken.None);
        await heartbeat.StopAsync(CancellationToken.None);
    }
}

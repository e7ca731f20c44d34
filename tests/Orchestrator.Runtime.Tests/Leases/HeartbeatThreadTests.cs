using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Core.Leases;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Leases;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Leases;

public sealed class HeartbeatThreadTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly Parts _parts;
    private readonly HeartbeatThread _heartbeat;

    public HeartbeatThreadTests()
    {
        _parts = new Parts(_time);
        _heartbeat = new HeartbeatThread(
            _parts.Leases, _parts.Registry, Parts.Options(new LeaseOptions()), _time, _parts.LeaseInstruments, NullLogger<HeartbeatThread>.Instance);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _parts.DisposeAsync();

    [Fact]
    public void Beat_LeasesHeld_CountsTheirNewEndFromBeforeTheRequest()
    {
        var attempt = _parts.Open(FakeExecutor.Obedient());
        _time.Advance(TimeSpan.FromSeconds(5));
        var sent = _time.GetTimestamp();
        _parts.Leases.OnRenew = _ =>
        {
            _time.Advance(TimeSpan.FromSeconds(3));
            return [];
        };

        var next = _heartbeat.Beat();

        var policy = new LeasePolicy(LeasePolicy.DefaultDuration, LeasePolicy.DefaultHeartbeatInterval);
        Assert.Equal(policy.StopTimestamp(sent, _time.TimestampFrequency), attempt.StopTimestamp);
        Assert.Equal(sent + policy.HeartbeatInterval.Ticks, next);
    }

    [Fact]
    public void Beat_OneLeaseLost_StopsThatAttemptAlone()
    {
        var lost = _parts.Open(FakeExecutor.Obedient());
        var kept = _parts.Open(FakeExecutor.Obedient());
        _parts.Leases.OnRenew = _ => [lost.Lease];

        _heartbeat.Beat();

        Assert.Equal(StopReason.LeaseLost, lost.End());
        Assert.True(kept.IsOpen);
    }

    [Fact]
    public void Beat_StoreAway_KeepsTheOldEndAndComesBackSoon()
    {
        var attempt = _parts.Open(FakeExecutor.Obedient());
        var stop = attempt.StopTimestamp;
        _parts.Leases.OnRenew = static _ => throw new StoreUnavailableException();

        var next = _heartbeat.Beat();

        Assert.Equal(stop, attempt.StopTimestamp);
        Assert.True(attempt.IsOpen);
        Assert.True(next < _time.GetTimestamp() + LeasePolicy.DefaultHeartbeatInterval.Ticks);
    }

    [Fact]
    public void Beat_NothingOpen_AsksNothing()
    {
        _heartbeat.Beat();

        Assert.Empty(_parts.Leases.Renewals);
    }
}

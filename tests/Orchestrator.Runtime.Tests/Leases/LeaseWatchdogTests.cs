using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Core.Leases;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Leases;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Leases;

public sealed class LeaseWatchdogTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly Parts _parts;
    private readonly LeaseWatchdog _watchdog;

    public LeaseWatchdogTests()
    {
        _parts = new Parts(_time);
        _watchdog = new LeaseWatchdog(_parts.Registry, _time, NullLogger<LeaseWatchdog>.Instance);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _watchdog.Dispose();
        await _parts.DisposeAsync();
    }

    [Fact]
    public void Check_LeaseNotRenewed_StopsBeforeItExpires()
    {
        var attempt = _parts.Open(FakeExecutor.Obedient());
        var policy = new LeasePolicy(LeasePolicy.DefaultDuration, LeasePolicy.DefaultHeartbeatInterval);
        _time.Advance(policy.Duration - policy.SafetyMargin - TimeSpan.FromMilliseconds(1));
        _watchdog.Check();
        Assert.True(attempt.IsOpen);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        _watchdog.Check();

        Assert.Equal(StopReason.LeaseRunOut, attempt.End());
        Assert.True(attempt.Token.IsCancellationRequested);
    }

    [Fact]
    public void Check_LeaseRenewed_LetsItRun()
    {
        var attempt = _parts.Open(FakeExecutor.Obedient());
        _time.Advance(TimeSpan.FromSeconds(10));
        attempt.Renew(_time.GetTimestamp() + TimeSpan.FromSeconds(13).Ticks);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(attempt.StopTimestamp, _watchdog.Check());
        Assert.True(attempt.IsOpen);
    }

    [Theory]
    [InlineData(2_000, null, StopReason.Timeout)]
    [InlineData(5_000, 2_000, StopReason.Deadline)]
    [InlineData(2_000, 9_000, StopReason.Timeout)]
    public void Check_LimitPassed_StopsForTheNearerReason(int timeoutMs, int? deadlineMs, StopReason expected)
    {
        var deadline = deadlineMs is { } ms ? TimeSpan.FromMilliseconds(ms) : (TimeSpan?)null;
        var attempt = _parts.Open(FakeExecutor.Obedient(), Parts.Claim(timeoutMs: timeoutMs, timeToDeadline: deadline));
        _time.Advance(TimeSpan.FromMilliseconds(1_999));
        _watchdog.Check();
        Assert.True(attempt.IsOpen);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        _watchdog.Check();

        Assert.Equal(expected, attempt.End());
    }

    [Fact]
    public async Task Thread_StarvedPoolAndNoStore_StopsInTimeAllTheSame()
    {
        await using var parts = new Parts(TimeProvider.System);
        using var watchdog = new LeaseWatchdog(parts.Registry, TimeProvider.System, NullLogger<LeaseWatchdog>.Instance);
        await watchdog.StartAsync(CancellationToken.None);

        // The thread sleeps without end until the attempt wakes it.
        var attempt = parts.Open(FakeExecutor.Obedient(), Parts.Claim(timeoutMs: 50));
        SpinWait.SpinUntil(() => !attempt.IsOpen, Wait.Limit);

        Assert.Equal(StopReason.Timeout, attempt.End());
        await watchdog.StopAsync(CancellationToken.None);
    }
}

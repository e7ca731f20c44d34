using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Silos;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Runtime.Timelines;
using Orchestrator.Storage;
using Orchestrator.Storage.Leases;
using Orchestrator.Telemetry;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Timelines;

public sealed class TimelineTests : IDisposable
{
    private static readonly TaskError Error = TaskError.Of(ErrorCodes.WorkerError, "row 7 is bad");

    private readonly ManualTimeProvider _time = new();
    private readonly FakeTimelineStore _store;
    private readonly TimelineRecorder _recorder;
    private readonly OrchestratorMeter _meter = new();
    private readonly TimelineService _service;

    public TimelineTests()
    {
        _store = new FakeTimelineStore(_time);
        _recorder = new TimelineRecorder(Parts.Options(new TimelineOptions()), _time);
        _service = new TimelineService(
            _store, _store, _recorder, new SiloIdentity(new UuidV7Source(_time), Parts.Options(new SiloOptions()), _time), Parts.Options(new TimelineOptions()),
            new FixedRandom(), _time, new MaintenanceInstruments(_meter), NullLogger<TimelineService>.Instance);
    }

    [Fact]
    public async Task Flush_SettledTasks_AreWrittenWithTheirSums()
    {
        Complete(1, "a", 3);
        Complete(1, "b", 2);
        Complete(2, "a", 1);
        await FlushAsync();
        Complete(1, "a", 1);
        await FlushAsync();

        Assert.Equal((4, 2, 1), (_store.Completed(1, "a"), _store.Completed(1, "b"), _store.Completed(2, "a")));
        Assert.Equal((7, 5, 6, 1), (_store.Completed(0, ""), _store.Completed(0, "a"), _store.Completed(1, ""), _store.Completed(2, "")));
    }

    [Fact]
    public async Task Flush_WhileTheStoreIsAway_IsMadeUpForWithoutCountingTwice()
    {
        Complete(1, "a", 1);
        Settle(1, "a", new AttemptOutcome.Failed(Error));
        _store.IsAway = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(FlushAsync);
        _store.IsAway = false;
        _time.Advance(TimeSpan.FromMinutes(1));
        Complete(1, "a", 1);
        await FlushAsync();
        await FlushAsync();

        Assert.Equal((2, 2), (_store.Completed(1, "a"), _store.Buckets.Count));
        Assert.Equal(1, Assert.Single(_store.Errors).Failed);
        Assert.Single(_recorder.ListBuckets());
    }

    [Fact]
    public async Task Flush_StoreAwayForLong_ForgetsTheOldestOnly()
    {
        _store.IsAway = true;
        for (var minute = 0; minute < 8; minute++)
        {
            for (var action = 0; action < 999; action++)
            {
                Complete(1, $"a{action}", 1);
            }

            await Assert.ThrowsAsync<StoreUnavailableException>(FlushAsync);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        _store.IsAway = false;
        await FlushAsync();

        Assert.InRange(_store.Completed(0, ""), 4 * 999, 6 * 999);
    }

    [Fact]
    public async Task Record_MorePairsThanAreKeptApart_AreCountedAsOthersAndInTheSums()
    {
        for (var workspace = 1; workspace <= 2_500; workspace++)
        {
            Complete(workspace, "a", 1);
        }

        await FlushAsync();

        Assert.Equal((2_500, 1_000), (_store.Completed(0, ""), _store.Completed(0, "a")));
        Assert.Equal((1, 0, 1), (_store.Completed(1, "a"), _store.Completed(1_500, "a"), _store.Completed(1_500, "other")));
        Assert.Equal((0, 1_500), (_store.Completed(2_500, ""), _store.Completed(0, "other")));
        Assert.Equal(0, _store.Completed(-1, "other"));
    }

    [Fact]
    public async Task Errors_TheSameAndOthers_AreGroupedByWhatTheySay()
    {
        Settle(1, "a", new AttemptOutcome.Failed(Error));
        Settle(1, "a", new AttemptOutcome.Retried(Error with { Message = "row 8 is bad" }, TimeSpan.Zero));
        Settle(1, "b", new AttemptOutcome.Failed(Error));
        Settle(1, "b", new AttemptOutcome.Refused(Error, TimeSpan.Zero, new AttemptOutcome.Failed(Error)));
        Settle(1, "b", new AttemptOutcome.Refused(Error, TimeSpan.Zero, new AttemptOutcome.Failed(Error)), SettlementResult.Parked);
        Settle(1, "b", new AttemptOutcome.Failed(Error), SettlementResult.LeaseLost);
        await FlushAsync();

        Assert.Equal([("a", 1, 1, "row 8 is bad"), ("b", 2, 0, "row 7 is bad")], _store.Errors.Select(group => (group.Action, group.Failed, group.Retried, group.Message)).Order());
    }

    [Fact]
    public async Task Record_RepeatedSettlement_CountsNothing()
    {
        _recorder.OnSettled([Of(1, "a", new AttemptOutcome.Completed("1"u8.ToArray())) with { IsRepeated = true }], [SettlementResult.Accepted]);
        await FlushAsync();

        Assert.Equal(0, _store.Rows);
    }

    [Fact]
    public async Task Flush_StoreWithAnotherClock_IsFollowed()
    {
        _store.ClockAhead = TimeSpan.FromHours(3);
        await FlushAsync();
        Complete(1, "a", 1);
        await FlushAsync();

        Assert.Equal(_time.GetUtcNow().AddHours(3), Assert.Single(_store.Buckets), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Stop_WhatWasGathered_IsWritten()
    {
        await _service.StartAsync(CancellationToken.None);
        Complete(1, "a", 1);
        await _service.StopAsync(CancellationToken.None);

        Assert.Equal(1, _store.Completed(1, "a"));
    }

    public void Dispose()
    {
        _service.Dispose();
        _meter.Dispose();
    }

    private Task FlushAsync() => _service.RunRoundAsync(CancellationToken.None);

    private void Complete(long workspaceKey, string action, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Settle(workspaceKey, action, new AttemptOutcome.Completed("1"u8.ToArray()));
        }
    }

    private void Settle(long workspaceKey, string action, AttemptOutcome outcome, SettlementResult result = SettlementResult.Accepted) =>
        _recorder.OnSettled([Of(workspaceKey, action, outcome)], [result]);

    private static Settlement Of(long workspaceKey, string action, AttemptOutcome outcome) =>
        new(new LeaseId(Guid.CreateVersion7(), Guid.NewGuid()), workspaceKey, action, outcome);
}

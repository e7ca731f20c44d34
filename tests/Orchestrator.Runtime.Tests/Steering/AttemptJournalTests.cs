using System.Text;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Steering;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Steering;

namespace Orchestrator.Runtime.Tests.Steering;

public sealed class AttemptJournalTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly Parts _parts = new();
    private readonly OpenAttempt _attempt;
    private readonly IAttemptJournal _journal;

    public AttemptJournalTests()
    {
        _attempt = _parts.Open(FakeExecutor.Obedient());
        _journal = new JournalFactory(_parts.Steering, new FixedRandom(), TimeProvider.System).For(_attempt);
    }

    [Fact]
    public async Task Save_UnderTheLease_IsFencedByIt()
    {
        await _journal.SaveAsync("1"u8.ToArray(), 4, null, None);

        Assert.Equal([(_attempt.Lease, 4)], _parts.Steering.Saved);
    }

    [Fact]
    public async Task Save_WhileTheStoreIsAway_IsTriedAgain()
    {
        var tries = 0;
        _parts.Steering.OnSave = () => ++tries < 3 ? throw new StoreUnavailableException("away") : true;

        await _journal.SaveAsync("1"u8.ToArray(), 0, null, None).Soon();

        Assert.Equal(3, tries);
        Assert.True(_attempt.IsOpen);
    }

    [Fact]
    public async Task Save_WithALostLease_StopsTheAttempt()
    {
        _parts.Steering.OnSave = static () => false;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _journal.SaveAsync("1"u8.ToArray(), 0, null, None));

        Assert.Equal(StopReason.LeaseLost, _attempt.End());
    }

    [Fact]
    public async Task Save_WhatIsNoJsonOrTooLarge_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _journal.SaveAsync("{"u8.ToArray(), 0, null, None));
        await Assert.ThrowsAsync<ArgumentException>(
            () => _journal.SaveAsync(Encoding.UTF8.GetBytes($"\"{new string('x', TaskLimits.MaxCheckpointBytes)}\""), 0, null, None));

        Assert.Empty(_parts.Steering.Saved);
    }

    [Fact]
    public async Task Read_WhileTheStoreIsAwayUntilTheAttemptIsStopped_IsCancelled()
    {
        _parts.Steering.OnList = static () => throw new StoreUnavailableException("away");

        var reading = _journal.ReadMessagesAsync(None);
        _attempt.TryStop(StopReason.LeaseRunOut);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading).Soon();
    }

    [Theory]
    [InlineData(ApprovalVerdict.Approve, ApprovalDecision.Approve)]
    [InlineData(ApprovalVerdict.Reject, ApprovalDecision.Reject)]
    [InlineData(ApprovalVerdict.Continue, ApprovalDecision.Continue)]
    [InlineData(ApprovalVerdict.Retry, ApprovalDecision.Retry)]
    [InlineData(ApprovalVerdict.Expired, ApprovalDecision.Expired)]
    [InlineData(ApprovalVerdict.Withdrawn, null)]
    public async Task FindAnswer_OfEachVerdict_TellsTheDecision(ApprovalVerdict verdict, ApprovalDecision? decision)
    {
        _parts.Steering.OnFind = key => Request(key == "mine" ? new ApprovalReply(verdict) : null);

        Assert.Equal(decision, (await _journal.FindAnswerAsync("mine", None))?.Decision);
        Assert.Null(await _journal.FindAnswerAsync(None));
    }

    [Theory]
    [InlineData("", 1, 0, null, typeof(AttemptOutcome.Retried))]
    [InlineData("Send it?", 0, 0, null, typeof(AttemptOutcome.Retried))]
    [InlineData("Send it?", 1, TaskLimits.MaxContinuations, null, typeof(AttemptOutcome.Failed))]
    [InlineData("Send it?", 1, 0, "{", typeof(AttemptOutcome.Retried))]
    [InlineData("Send \0it?", 1, 0, "{}", typeof(AttemptOutcome.AwaitingApproval))]
    public async Task Asking_OfAnExecutor_IsSettledWithinBounds(string question, int seconds, int continuation, string? details, Type outcome)
    {
        var request = new ApprovalRequest(question, details is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(details), TimeSpan.FromSeconds(seconds));
        var attempt = _parts.Open(FakeExecutor.Returning(new AttemptResult.Asking(request)), Parts.Claim() with { Continuation = continuation });

        await _parts.Runner.RunAsync(attempt).Soon();

        var settled = Assert.Single(_parts.Leases.Settled).Outcome;
        Assert.IsType(outcome, settled);
        Assert.DoesNotContain('\0', (settled as AttemptOutcome.AwaitingApproval)?.Request.Question ?? "");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _parts.DisposeAsync();

    private static ApprovalRecord Request(ApprovalReply? reply) => new(1, "Send it?", null, DateTimeOffset.UnixEpoch, null, reply);
}

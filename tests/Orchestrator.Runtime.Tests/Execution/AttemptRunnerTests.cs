using System.Text;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage;
using Orchestrator.Storage.Leases;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Execution;

/// <summary>The table of outcomes: one test a branch.</summary>
public sealed class AttemptRunnerTests : IAsyncLifetime
{
    private readonly Parts _parts = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _parts.DisposeAsync();

    [Fact]
    public async Task RunAsync_Success_CompletesWithResultAndUsage()
    {
        var result = FakeExecutor.Success("""{"text":"ok"}""") with { Usage = new TaskUsage(InputTokens: 5) };

        var completed = Assert.IsType<AttemptOutcome.Completed>(await RunAsync(FakeExecutor.Returning(result)));

        Assert.Equal("""{"text":"ok"}""", Encoding.UTF8.GetString(completed.Result.Span));
        Assert.Equal(5, completed.Usage!.InputTokens);
        AssertNothingLeft();
    }

    [Theory]
    [InlineData(1, 3, null, true)]
    [InlineData(3, 3, null, false)]
    [InlineData(2, 3, 2, false)]
    [InlineData(1, 3, 2, true)]
    public async Task RunAsync_RetryableFailure_IsRetriedWithinTheCapOfTaskAndWorker(int attempt, int maxAttempts, int? workerCap, bool retried)
    {
        var failing = FakeExecutor.Returning(new AttemptResult.Failure(TaskError.Of(ErrorCodes.ProviderError, "busy")));

        var outcome = await RunAsync(failing, Parts.Claim(attempt, maxAttempts), workerCap);

        Assert.Equal(retried, outcome is AttemptOutcome.Retried);
        Assert.Equal(ErrorCodes.ProviderError, ErrorOf(outcome).Code);
        Assert.Equal(
            !retried && workerCap < maxAttempts ? $"busy (not tried again: {Parts.Action} allows a task 2 attempts)" : "busy",
            ErrorOf(outcome).Message);
    }

    [Theory]
    [InlineData(null, false, "last")]
    [InlineData("first", false, "first")]
    [InlineData("first", true, "last")]
    public async Task RunAsync_ResultOfAProvider_IsReportedForIt(string? served, bool isProbe, string reported)
    {
        var attempt = _parts.Open(FakeExecutor.Returning(FakeExecutor.Success() with { Provider = served }), Parts.Claim() with { IsProbe = isProbe }, provider: "last");

        await _parts.Runner.RunAsync(attempt).Soon();

        Assert.Equal(reported, Assert.Single(_parts.Leases.Settled).Provider);
    }

    [Fact]
    public async Task RunAsync_UnderABudget_TellsTheWorkerWhatWasReserved()
    {
        decimal? told = null;
        var executor = new FakeExecutor((context, _) =>
        {
            told = context.Reserved;
            return Task.FromResult(FakeExecutor.Success());
        });

        await RunAsync(executor, Parts.Claim() with { Reserved = 0.25m });

        Assert.Equal(0.25m, told);
    }

    [Fact]
    public async Task RunAsync_FinalFailure_Fails()
    {
        var outcome = await RunAsync(FakeExecutor.Returning(new AttemptResult.Failure(TaskError.Of(ErrorCodes.InvalidInput, "no"))));

        Assert.Equal(ErrorCodes.InvalidInput, Assert.IsType<AttemptOutcome.Failed>(outcome).Error.Code);
    }

    [Fact]
    public async Task RunAsync_RetryAfter_IsTheLeastDelay()
    {
        var failing = FakeExecutor.Returning(new AttemptResult.Failure(TaskError.Of(ErrorCodes.ProviderError, "slow"), TimeSpan.FromSeconds(90)));

        Assert.Equal(TimeSpan.FromSeconds(90), Assert.IsType<AttemptOutcome.Retried>(await RunAsync(failing)).Delay);
    }

    [Fact]
    public async Task RunAsync_RateLimitedWithRetryAfter_IsARefusalThatSaysWhatIsDoneOtherwise()
    {
        var failing = FakeExecutor.Returning(new AttemptResult.Failure(TaskError.Of(ErrorCodes.RateLimited, "429"), TimeSpan.FromSeconds(90)));

        var refused = Assert.IsType<AttemptOutcome.Refused>(await RunAsync(failing));

        Assert.Equal(TimeSpan.FromSeconds(90), refused.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(90), Assert.IsType<AttemptOutcome.Retried>(refused.Otherwise).Delay);
    }

    [Fact]
    public async Task RunAsync_CodeOutsideTheSet_BecomesWorkerError()
    {
        var outcome = await RunAsync(FakeExecutor.Returning(new AttemptResult.Failure(new TaskError("exotic", "why\0", Retryable: false))));

        var error = Assert.IsType<AttemptOutcome.Failed>(outcome).Error;
        Assert.Equal((ErrorCodes.WorkerError, "exotic: why\uFFFD"), (error.Code, error.Message));
    }

    [Fact]
    public async Task RunAsync_Exception_IsAWorkerErrorWithAClippedMessage()
    {
        var outcome = await RunAsync(new FakeExecutor((_, _) => throw new InvalidOperationException(new string('x', 10_000))));

        var error = Assert.IsType<AttemptOutcome.Retried>(outcome).Error;
        Assert.Equal(ErrorCodes.WorkerError, error.Code);
        Assert.Equal(TaskError.MaxMessageLength, error.Message.Length);
    }

    [Fact]
    public async Task RunAsync_CancellationNobodyAskedFor_IsAWorkerError()
    {
        var outcome = await RunAsync(new FakeExecutor((_, _) => throw new OperationCanceledException()));

        Assert.Equal(ErrorCodes.WorkerError, Assert.IsType<AttemptOutcome.Retried>(outcome).Error.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("\"\\ud800\"")]
    public async Task RunAsync_ResultThatIsNotJson_IsInvalidOutput(string result)
    {
        var outcome = await RunAsync(FakeExecutor.Returning(FakeExecutor.Success(result)));

        Assert.Equal(ErrorCodes.InvalidOutput, Assert.IsType<AttemptOutcome.Retried>(outcome).Error.Code);
    }

    [Fact]
    public async Task RunAsync_ResultTooLarge_IsInvalidOutput()
    {
        var large = $"\"{new string('x', TaskLimits.MaxResultBytes)}\"";

        var outcome = await RunAsync(FakeExecutor.Returning(FakeExecutor.Success(large)));

        Assert.Equal(ErrorCodes.InvalidOutput, Assert.IsType<AttemptOutcome.Retried>(outcome).Error.Code);
    }

    [Fact]
    public async Task RunAsync_ResultTheStoreRefuses_IsSettledAsInvalidOutput()
    {
        _parts.Leases.OnSettle = static settlement =>
            settlement.Outcome is AttemptOutcome.Completed ? throw new FormatException("no such text") : SettlementResult.Accepted;

        var outcome = await RunAsync(FakeExecutor.Returning(FakeExecutor.Success()));

        Assert.Equal(ErrorCodes.InvalidOutput, Assert.IsType<AttemptOutcome.Retried>(outcome).Error.Code);
    }

    [Theory]
    [InlineData(StopReason.Timeout, typeof(AttemptOutcome.Retried), ErrorCodes.Timeout)]
    [InlineData(StopReason.Deadline, typeof(AttemptOutcome.Failed), ErrorCodes.DeadlineExceeded)]
    [InlineData(StopReason.Draining, typeof(AttemptOutcome.HandedBack), null)]
    [InlineData(StopReason.Revoked, null, null)]
    [InlineData(StopReason.LeaseLost, null, null)]
    [InlineData(StopReason.LeaseRunOut, null, null)]
    public async Task RunAsync_Stopped_SettlesWhatTheReasonAsksFor(StopReason reason, Type? outcome, string? code)
    {
        var attempt = _parts.Open(FakeExecutor.Obedient());
        var running = _parts.Runner.RunAsync(attempt);

        Assert.True(attempt.TryStop(reason));
        await running.Soon();

        Assert.Equal(outcome, _parts.Leases.Settled.SingleOrDefault()?.Outcome.GetType());
        Assert.Equal(code, _parts.Leases.Settled.SingleOrDefault() is { Outcome: not AttemptOutcome.HandedBack } settled ? ErrorOf(settled.Outcome).Code : null);
        AssertNothingLeft();
    }

    [Fact]
    public async Task RunAsync_StoppedWorkerThatReturnsAResult_IsStillStopped()
    {
        var attempt = _parts.Open(new FakeExecutor(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return FakeExecutor.Success();
        }));
        var running = _parts.Runner.RunAsync(attempt);

        attempt.TryStop(StopReason.Timeout);
        await running.Soon();

        Assert.Equal(ErrorCodes.Timeout, ErrorOf(Assert.Single(_parts.Leases.Settled).Outcome).Code);
    }

    [Fact]
    public async Task RunAsync_WorkerThatIgnoresItsTimeout_IsSettledAtOnceAndAbandonedAfterTheGrace()
    {
        var time = new ManualTimeProvider();
        await using var parts = new Parts(time);
        var release = new TaskCompletionSource<AttemptResult>();
        var attempt = parts.Open(new FakeExecutor((_, _) => release.Task));
        var running = parts.Runner.RunAsync(attempt);
        attempt.TryStop(StopReason.Timeout);

        await Wait.UntilAsync(() => parts.Registry.Count == 0);
        Assert.IsType<AttemptOutcome.Retried>(Assert.Single(parts.Leases.Settled).Outcome);
        Assert.Equal(1, parts.Slots.Busy);
        time.Advance(AttemptRunner.CancellationGrace);

        await running.Soon();
        Assert.Equal(0, parts.Slots.Busy);
        release.SetResult(FakeExecutor.Success());
        Assert.Single(parts.Leases.Settled);
    }

    [Fact]
    public async Task RunAsync_BlockingWorker_DoesNotBlockItsCaller()
    {
        using var gate = new ManualResetEventSlim();
        var attempt = _parts.Open(new FakeExecutor((_, _) =>
        {
            gate.Wait(CancellationToken.None);
            return Task.FromResult(FakeExecutor.Success());
        }));

        var running = _parts.Runner.RunAsync(attempt);

        Assert.False(running.IsCompleted);
        gate.Set();
        await running.Soon();
    }

    [Fact]
    public async Task RunAsync_StoreAwayForAWhile_SettlesTheSameOnceItIsBack()
    {
        var failures = 3;
        _parts.Leases.OnSettle = _ => failures-- > 0 ? throw new StoreUnavailableException() : SettlementResult.Accepted;

        Assert.IsType<AttemptOutcome.Completed>(await RunAsync(FakeExecutor.Returning(FakeExecutor.Success())));
        AssertNothingLeft();
    }

    [Fact]
    public async Task RunAsync_StoreAwayPastTheLease_GivesUp()
    {
        _parts.Leases.OnSettle = static _ => throw new StoreUnavailableException();
        var attempt = _parts.Open(FakeExecutor.Returning(FakeExecutor.Success()));
        attempt.Renew(_parts.Time.GetTimestamp());

        await _parts.Runner.RunAsync(attempt).Soon();

        Assert.Empty(_parts.Leases.Settled);
        AssertNothingLeft();
    }

    [Fact]
    public async Task RunAsync_SettlementRefused_WritesNothingMore()
    {
        _parts.Leases.OnSettle = static _ => SettlementResult.LeaseLost;

        await RunAsync(FakeExecutor.Returning(FakeExecutor.Success()));

        Assert.Single(_parts.Leases.Settled);
        AssertNothingLeft();
    }

    private async Task<AttemptOutcome> RunAsync(IActionExecutor executor, Storage.Turns.ClaimedTask? task = null, int? workerCap = null)
    {
        await _parts.Runner.RunAsync(_parts.Open(executor, task, workerCap)).Soon();
        return Assert.Single(_parts.Leases.Settled).Outcome;
    }

    private static TaskError ErrorOf(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Retried retried => retried.Error,
        AttemptOutcome.Failed failed => failed.Error,
        _ => throw new InvalidOperationException($"{outcome} has no error."),
    };

    private void AssertNothingLeft()
    {
        Assert.Equal(0, _parts.Registry.Count);
        Assert.Equal(0, _parts.Slots.Busy);
    }
}

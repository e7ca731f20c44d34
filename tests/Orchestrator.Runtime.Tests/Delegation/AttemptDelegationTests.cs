using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage;
using Orchestrator.Storage.Delegation;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Runtime.Tests.Delegation;

public sealed class AttemptDelegationTests : IAsyncLifetime
{
    private static readonly ReadOnlyMemory<byte> Empty = "{}"u8.ToArray();
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly Parts _parts = new();
    private readonly OpenAttempt _attempt;
    private readonly IDelegation _delegation;

    public AttemptDelegationTests()
    {
        _attempt = _parts.Open(FakeExecutor.Obedient());
        _delegation = new DelegationFactory(_parts.Submitter, _parts.Children, new UuidV7Source(TimeProvider.System), new FixedRandom(), TimeProvider.System).For(_attempt);
    }

    [Fact]
    public async Task Create_WithAndWithoutKeys_SubmitsChildrenUnderTheLease()
    {
        await _delegation.CreateAsync([new ChildTask("work", Empty), new ChildTask("work", Empty) { Key = "mine" }], null, None);
        await _delegation.CreateAsync([new ChildTask("work", Empty)], "1"u8.ToArray(), None);

        var tasks = _parts.Submitter.Submitted.SelectMany(submission => submission.Tasks).ToList();
        Assert.Equal(["#1", "mine", "#3"], tasks.Select(task => task.DelegationKey));
        Assert.All(tasks, task => Assert.Equal(_attempt.Lease.TaskId, task.ParentId));
        Assert.All(_parts.Submitter.Submitted, submission => Assert.Equal(_attempt.Lease, submission.DelegatedBy!.Lease));
        Assert.Equal([null, 1], _parts.Submitter.Submitted.Select(submission => submission.DelegatedBy!.Checkpoint?.Length));
    }

    [Fact]
    public async Task Create_WhileTheStoreIsAway_IsRepeatedWithTheSameKeys()
    {
        var tries = 0;
        var accept = _parts.Submitter.OnSubmit;
        _parts.Submitter.OnSubmit = submission => ++tries < 3 ? throw new StoreUnavailableException("away") : accept(submission);

        var ids = await _delegation.CreateAsync([new ChildTask("work", Empty)], null, None).Soon();

        Assert.Single(ids);
        Assert.Equal(3, tries);
        Assert.Single(_parts.Submitter.Submitted.Select(submission => submission.Tasks[0].DelegationKey).Distinct());
    }

    [Fact]
    public async Task Create_WhileTheStoreIsAwayUntilTheAttemptIsStopped_IsCancelled()
    {
        _parts.Submitter.OnSubmit = _ => throw new StoreUnavailableException("away");

        var creating = _delegation.CreateAsync([new ChildTask("work", Empty)], null, None);
        _attempt.TryStop(StopReason.LeaseRunOut);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creating.Soon());
    }

    [Fact]
    public async Task Create_WithoutTheLease_StopsTheAttempt()
    {
        _parts.Submitter.OnSubmit = _ => new SubmissionResult.LeaseLost();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _delegation.CreateAsync([new ChildTask("work", Empty)], null, None));

        Assert.Equal(StopReason.LeaseLost, _attempt.End());
    }

    public static TheoryData<SubmissionResult, string, string> Refusals => new()
    {
        { new SubmissionResult.InvalidReferences([new InvalidReference(0, null, ReferenceProblem.TooDeep) { Limit = 7 }]), ErrorCodes.DepthExceeded, "7" },
        { new SubmissionResult.InvalidReferences([new InvalidReference(3, 0, ReferenceProblem.NotFound)]), ErrorCodes.InvalidInput, "Child 3" },
        { new SubmissionResult.InvalidResources([new InvalidResource(2, "gpu", 4)]), ErrorCodes.InvalidInput, "gpu" },
        { new SubmissionResult.InvalidResources([new InvalidResource(2, "gpu", null)]), ErrorCodes.InvalidInput, "no resource gpu" },
        { new SubmissionResult.DelegationConflict("part-1"), ErrorCodes.InvalidInput, "part-1" },
        { new SubmissionResult.TooManyActions(), ErrorCodes.ResourceUnavailable, "1000" },
        { new SubmissionResult.WorkspaceNotFound(), ErrorCodes.Rejected, "WorkspaceNotFound" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Create_Refused_SaysWhy(SubmissionResult result, string code, string said)
    {
        _parts.Submitter.OnSubmit = _ => result;

        var refused = await Assert.ThrowsAsync<DelegationException>(() => _delegation.CreateAsync([new ChildTask("work", Empty)], null, None));

        Assert.Equal(code, refused.Code);
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_ChildrenWithMistakes_NamesAllOfThemAndSubmitsNothing()
    {
        ChildTask[] children =
        [
            new("Not A Name", "{"u8.ToArray()) { Key = "#1", Score = 1_001, MaxAttempts = 0, TimeoutMs = 0 },
            new("work", Empty) { Name = new string('x', 201), Tags = [""], Skills = ["Not A Name"], Resources = new Dictionary<string, int> { ["gpu"] = 0 } },
            new("work", Empty),
        ];

        var refused = await Assert.ThrowsAsync<DelegationException>(() => _delegation.CreateAsync(children, null, None));

        Assert.Equal(ErrorCodes.InvalidInput, refused.Code);
        foreach (var said in new[] { "Child 0: the action", "the key", "the score", "maxAttempts", "timeoutMs", "not valid JSON", "Child 1: the name", "tags", "skills", "resources" })
        {
            Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Child 2", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_parts.Submitter.Submitted);
    }

    [Fact]
    public async Task Create_CheckpointThatIsTooLarge_IsRefused()
    {
        var checkpoint = System.Text.Encoding.UTF8.GetBytes($"\"{new string('x', TaskLimits.MaxCheckpointBytes)}\"");

        Assert.Contains(
            "checkpoint",
            (await Assert.ThrowsAsync<DelegationException>(() => _delegation.CreateAsync([], checkpoint, None))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindOutcomes_OneStillLive_IsNull()
    {
        _parts.Children.Known.Add(new ChildRecord(Guid.CreateVersion7(), TaskState.Completed, Empty, null));
        _parts.Children.Known.Add(new ChildRecord(Guid.CreateVersion7(), TaskState.Waiting, null, null));

        Assert.Null(await _delegation.FindOutcomesAsync([.. _parts.Children.Known.Select(child => child.Id)], None));
        Assert.Single((await _delegation.FindOutcomesAsync([_parts.Children.Known[0].Id], None))!);
        Assert.Empty((await _delegation.FindOutcomesAsync([], None))!);
    }

    [Fact]
    public async Task FindOutcomes_OfTasksThatAreNoChildren_IsRefused()
    {
        var stranger = Guid.CreateVersion7();

        var refused = await Assert.ThrowsAsync<DelegationException>(() => _delegation.FindOutcomesAsync([stranger], None));

        Assert.Contains(stranger.ToString(), refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, null, typeof(Storage.Leases.AttemptOutcome.Awaiting))]
    [InlineData(TaskLimits.MaxContinuations, null, typeof(Storage.Leases.AttemptOutcome.Failed))]
    [InlineData(0, "{", typeof(Storage.Leases.AttemptOutcome.Retried))]
    public async Task Waiting_OfAnExecutor_IsSettledWithinBounds(int continuation, string? checkpoint, Type outcome)
    {
        var waiting = new AttemptResult.Waiting([Guid.CreateVersion7()], checkpoint is null ? default(ReadOnlyMemory<byte>?) : System.Text.Encoding.UTF8.GetBytes(checkpoint));
        var attempt = _parts.Open(FakeExecutor.Returning(waiting), Parts.Claim() with { Continuation = continuation });

        await _parts.Runner.RunAsync(attempt).Soon();

        Assert.IsType(outcome, Assert.Single(_parts.Leases.Settled).Outcome);
    }

    [Fact]
    public async Task Waiting_InACircle_FailsForGood()
    {
        _parts.Leases.OnSettle = settlement => settlement.Outcome is Storage.Leases.AttemptOutcome.Awaiting
            ? Storage.Leases.SettlementResult.Circular
            : Storage.Leases.SettlementResult.Accepted;

        await _parts.Runner.RunAsync(_parts.Open(FakeExecutor.Returning(new AttemptResult.Waiting([Guid.CreateVersion7()])))).Soon();

        var failed = Assert.IsType<Storage.Leases.AttemptOutcome.Failed>(_parts.Leases.Settled.Last().Outcome);
        Assert.Equal(ErrorCodes.Rejected, failed.Error.Code);
    }

    [Fact]
    public async Task Refusal_ThatAnExecutorLetsPass_FailsWithItsCode()
    {
        await _parts.Runner.RunAsync(_parts.Open(new FakeExecutor((_, _) => throw new DelegationException(ErrorCodes.DepthExceeded, "The limit is 5.")))).Soon();

        var failed = Assert.IsType<Storage.Leases.AttemptOutcome.Failed>(Assert.Single(_parts.Leases.Settled).Outcome);
        Assert.Equal(new TaskError(ErrorCodes.DepthExceeded, "The limit is 5.", false), failed.Error);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _parts.DisposeAsync();
}

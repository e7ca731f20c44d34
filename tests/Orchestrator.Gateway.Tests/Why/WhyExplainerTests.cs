using Orchestrator.Core.Fuses;
using Orchestrator.Core.Priorities;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Why;
using Orchestrator.Storage.Circuits;
using Orchestrator.Storage.Delegation;
using Orchestrator.Storage.Fuses;
using Orchestrator.Storage.Priorities;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Silos;
using Orchestrator.Storage.Steering;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Why;

public sealed class WhyExplainerTests
{
    private const string Action = "generation.text";

    [Fact]
    public void Explain_NoSilo_IsUnservable() => Assert.Equal(["unservable"], Codes(Queued()));

    [Fact]
    public void Explain_SilosThatCannot_SayEachWhy()
    {
        var why = WhyExplainer.Explain(Queued() with
        {
            Silos = [Silo("a", new SiloAction(Action, 1, "Python is missing")), Silo("b"), Silo("c", new SiloAction(Action, 1)) with { Draining = true }],
        });

        Assert.Equal("unservable", why.Code);
        Assert.Equal(["Python is missing", "has no worker for it", "is draining"], why.Reasons[0].Silos!.Select(silo => silo.Reason));
        Assert.Contains("a (Python is missing)", why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_EverySlotTaken_SaysTheSilosAreFull() =>
        Assert.Equal(["silos_full", "in_line"], Codes(Queued() with { Silos = [Silo("a", new SiloAction(Action, 1)) with { Busy = 4 }, Silo("other")] }));

    [Fact]
    public void Explain_OneSlotFree_IsInLine()
    {
        var why = WhyExplainer.Explain(Queued() with
        {
            QueuePosition = 2,
            Silos = [Silo("a", new SiloAction(Action, 1)) with { Busy = 4 }, Silo("b", new SiloAction(Action, 1))],
        });

        Assert.Equal("in_line", why.Code);
        Assert.Equal("2 tasks of its workspace are before it.", why.Message);
    }

    [Fact]
    public void Explain_SkillsThatNoSiloHas_AreNamed()
    {
        var why = WhyExplainer.Explain(Naming("italian", "law", "music") with { Silos = [Able("a", "law"), Silo("b", new SiloAction(Action, 1)), Silo("other")] });

        Assert.Equal("missing_skill", why.Code);
        Assert.Equal(["italian", "music"], why.Reasons[0].Skills);
        Assert.Equal($"No silo that serves {Action} now has the skill italian or music.", why.Message);
        Assert.Equal(["lacks italian, music", "lacks italian, law, music"], why.Reasons[0].Silos!.Select(silo => silo.Reason));
    }

    [Fact]
    public void Explain_SkillsThatAreNowhereTogether_SaysSo()
    {
        var why = WhyExplainer.Explain(Naming("italian", "law") with { Silos = [Able("a", "law"), Able("b", "italian"), Able("c", "law", "italian") with { Draining = true }] });

        Assert.Equal("missing_skill", why.Code);
        Assert.Equal(["italian", "law"], why.Reasons[0].Skills);
        Assert.Equal($"No silo that serves {Action} now has all its skills together: italian, law.", why.Message);
    }

    [Fact]
    public void Explain_SkillsThatASiloHas_GoesByTheSilosThatHaveThem()
    {
        var situation = Naming("law");

        Assert.Equal(["in_line"], Codes(situation with { Silos = [Able("a", "law", "music")] }));
        Assert.Equal(["silos_full", "in_line"], Codes(situation with { Silos = [Able("a", "law") with { Busy = 4 }, Silo("b", new SiloAction(Action, 1))] }));
        Assert.Equal(["unservable"], Codes(situation with { Silos = [Silo("b")] }));
    }

    [Fact]
    public void Explain_PausedAndUnservable_SaysBoth()
    {
        var situation = Queued();

        Assert.Equal(["workspace_paused", "unservable"], Codes(situation with { Workspace = situation.Workspace with { Paused = true } }));
    }

    [Fact]
    public void Explain_PausedByAFuse_NamesItAndSaysWhy()
    {
        var situation = Queued();
        var why = WhyExplainer.Explain(situation with
        {
            Workspace = situation.Workspace with
            {
                Paused = true,
                PausedBy = "budget",
                FuseStates = [new FuseState(Fuse.Budget) { TrippedAt = DateTimeOffset.UnixEpoch, Reason = "All is spent." }],
            },
        });

        Assert.Equal("fuse_tripped", why.Code);
        Assert.Contains("by the fuse budget until its limit is raised or the fuse is reset. All is spent.", why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_BudgetIsHeldByAttempts_SaysSo()
    {
        var situation = Queued() with { Silos = [Silo("a", new SiloAction(Action, 1))] };
        var workspace = situation.Workspace with { ShortOfMoney = true, Budget = new BudgetRecord(10, 2, 7.5m) };

        Assert.Equal(["budget_reserved", "in_line"], Codes(situation with { Workspace = workspace }));
    }

    [Fact]
    public void Explain_CostsNothingWhileTheBudgetIsHeld_DoesNotBlameIt()
    {
        var situation = Queued() with { Silos = [Silo("a", new SiloAction(Action, 1) { MaxCost = 0 })] };
        var workspace = situation.Workspace with { ShortOfMoney = true, Budget = new BudgetRecord(10, 2, 7.5m) };

        Assert.Equal(["in_line"], Codes(situation with { Workspace = workspace }));
    }

    [Fact]
    public void Explain_WaitingForAResource_SaysForWhichAndUntilWhen()
    {
        var until = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var why = WhyExplainer.Explain(Lacking(1, new ResourceBounds.Bucket(5, 0.5m), until));

        Assert.Equal("waiting_for_resource", why.Code);
        Assert.Equal(until, why.Reasons[0].Until);
        Assert.Contains("search", why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_WaitingForMoreThanThereEverIs_SaysSo() =>
        Assert.Equal(["resource_too_small"], Codes(Lacking(9, new ResourceBounds.Semaphore(5), null)));

    [Fact]
    public void Explain_WaitingForChildren_SaysHowManyAndNamesThem()
    {
        var situation = Queued() with { Silos = [Silo("a", new SiloAction(Action, 1))] };
        var children = new[] { Guid.CreateVersion7(), Guid.CreateVersion7() };
        var why = WhyExplainer.Explain(situation with
        {
            Task = situation.Task with { State = TaskState.Waiting, WaitingFor = WaitingFor.Children },
            Awaited = new AwaitedTasks(children, 7),
        });

        Assert.Equal("waiting_for_children", why.Code);
        Assert.Equal(children, why.Reasons[0].BlockedBy);
        Assert.Equal("It waits for 7 tasks that it created; it holds no slot.", why.Message);
    }

    [Theory]
    [InlineData(null, "It waits for as long as it takes for a person to decide: Send it? It holds no slot.")]
    [InlineData(5, "It waits until 2026-01-01T00:00:05.000Z for a person to decide: Send it? It holds no slot.")]
    public void Explain_WaitingForApproval_SaysWhatIsAskedAndUntilWhen(int? seconds, string message)
    {
        var situation = Queued() with { Silos = [Silo("a", new SiloAction(Action, 1))] };
        var asked = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var why = WhyExplainer.Explain(situation with
        {
            Task = situation.Task with { State = TaskState.Waiting, WaitingFor = WaitingFor.Approval },
            Request = new ApprovalRecord(1, "Send it?", "{}"u8.ToArray(), asked, seconds is { } limit ? asked.AddSeconds(limit) : null, null),
        });

        Assert.Equal(("waiting_for_approval", message), (why.Code, why.Message));
        Assert.Equal(("Send it?", "{}"), (why.Reasons[0].Question, why.Reasons[0].Details.ToString()));
    }

    [Theory]
    [InlineData(CircuitState.Open, "from 2026-01-01T00:00:05.000Z on")]
    [InlineData(CircuitState.HalfOpen, "probes it now")]
    [InlineData(CircuitState.Closed, "is well again")]
    public void Explain_WaitingForProvider_NamesItAndTheFuseAndWhatComesNext(CircuitState state, string next)
    {
        var situation = Queued() with { Silos = [Silo("a", new SiloAction(Action, 1))] };
        var circuit = new Circuit(state, null) { RetryAt = state == CircuitState.Open ? new DateTimeOffset(2026, 1, 1, 0, 0, 5, TimeSpan.Zero) : null };
        var why = WhyExplainer.Explain(situation with
        {
            Task = situation.Task with { State = TaskState.Waiting, WaitingFor = WaitingFor.Provider, WaitingOn = "openai" },
            Workspace = situation.Workspace with { Circuits = [new CircuitRecord("openai", circuit, null)] },
        });

        Assert.Equal("waiting_for_provider", why.Code);
        Assert.All(["provider openai", "circuitBreaker", next], part => Assert.Contains(part, why.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(TaskState.Scheduled, 0, "scheduled")]
    [InlineData(TaskState.Scheduled, 2, "backing_off")]
    [InlineData(TaskState.Processing, 1, "running")]
    [InlineData(TaskState.Waiting, 1, "parked")]
    [InlineData(TaskState.Completed, 1, "ended")]
    [InlineData(TaskState.Failed, 3, "ended")]
    public void Explain_State_HasItsCode(TaskState state, int attempt, string code)
    {
        var situation = Queued() with { Silos = [Silo("a", new SiloAction(Action, 1))] };
        var task = situation.Task with
        {
            State = state,
            Attempt = attempt,
            WaitingFor = state == TaskState.Waiting ? WaitingFor.External : null,
            Error = state == TaskState.Failed ? TaskError.Of(ErrorCodes.Timeout, "too slow") : null,
        };

        Assert.Equal([code], Codes(situation with { Task = task }));
    }

    private static IEnumerable<string> Codes(TaskSituation situation) => WhyExplainer.Explain(situation).Reasons.Select(reason => reason.Code);

    private static TaskSituation Queued() => new(
        new TaskRecord
        {
            Id = Guid.Empty,
            Workspace = "w",
            Action = Action,
            State = TaskState.Queued,
            Score = 300,
            ScoreSource = "heuristic",
            Attempt = 0,
            MaxAttempts = 3,
            TimeoutMs = 1,
            CreatedAt = ManualTimeProvider.DefaultStart,
        },
        new WorkspaceRecord { Id = "w" },
        new ScoreExplanation(300, ScoreSource.Heuristic, [new ScoreReason("priority", 300)]));

    private static TaskSituation Naming(params string[] skills)
    {
        var queued = Queued();
        return queued with { Task = queued.Task with { Skills = skills } };
    }

    private static SiloRecord Able(string name, params string[] skills) =>
        Silo(name, new SiloAction(Action, 1) { Skills = skills.ToDictionary(skill => skill, _ => 0.5) });

    private static SiloRecord Silo(string name, params SiloAction[] actions) => new()
    {
        Id = Guid.NewGuid(),
        Name = name,
        Host = "h",
        ProcessId = 1,
        Slots = 4,
        Busy = 0,
        Actions = actions,
        Draining = false,
    };

    private static TaskSituation Lacking(int amount, ResourceBounds bounds, DateTimeOffset? closedUntil)
    {
        var queued = Queued();
        return queued with
        {
            Task = queued.Task with { State = TaskState.Waiting, WaitingFor = Core.Tasks.WaitingFor.Resource, WaitingOn = "search", Resources = new Dictionary<string, int> { ["search"] = amount } },
            Silos = [Silo("a", new SiloAction(Action, 1))],
            Resource = new ResourceRecord
            {
                Name = "search",
                Bounds = bounds,
                Available = 0,
                Waiting = 2,
                ClosedUntil = closedUntil,
                CreatedAt = default,
                UpdatedAt = default,
            },
        };
    }
}

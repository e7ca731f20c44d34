using System.Text;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Tests.Runs.Planning;

/// <summary>A run as a store carries it: its state goes through bytes, outputs are kept apart and handed in only when a plan misses them.</summary>
internal sealed class RunMachine
{
    private readonly RunDefinition _definition;

    public RunMachine(RunDefinition definition, int maxParallel = 10, string input = "{}")
    {
        _definition = definition;
        State = RunPlanner.NewState(definition);
        Context = new RunContext
        {
            RunId = Guid.Parse("01900000-0000-7000-8000-000000000001"),
            Workspace = "acme",
            Input = Encoding.UTF8.GetBytes(input),
            MaxParallel = maxParallel,
            StartedAt = Start,
            Now = Start,
        };
    }

    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public RunState State { get; set; }

    public RunContext Context { get; set; }

    public RunPlan Plan { get; private set; } = null!;

    public Dictionary<string, ReadOnlyMemory<byte>> Kept { get; } = new(StringComparer.Ordinal);

    /// <summary>All that was started and neither ended nor was cancelled or deferred, in the order of its start.</summary>
    public List<WorkKey> UnderWay { get; } = [];

    /// <summary>What was cancelled and has not ended yet; nobody waits for it once the run has ended.</summary>
    public List<WorkKey> GivenUp { get; } = [];

    /// <summary>All starts, in their order, as <c>key input</c>.</summary>
    public List<string> Started { get; } = [];

    public List<RunEffect.Tell> History { get; } = [];

    /// <summary>What was loaded for the last event.</summary>
    public HashSet<string> Loaded { get; } = [];

    public string? Output => Plan.Output is { } output ? Encoding.UTF8.GetString(output.Span) : null;

    public string Text(string name) => Encoding.UTF8.GetString(Kept[name].Span);

    public StepState Step(string id) => State.Steps.Single(step => step.Id == id);

    /// <summary>Where the steps stand, as <c>a:Completed b:Running</c>.</summary>
    public string Steps => string.Join(' ', State.Steps.Select(step => $"{step.Id}:{step.Status}"));

    /// <summary>The history as <c>step.queued a</c>, with items as <c>a[0]</c>.</summary>
    public IEnumerable<string> Told => History.Select(entry => entry.Step is null ? entry.Type : $"{entry.Type} {entry.Step}{(entry.Item is { } item ? $"[{item}]" : "")}");

    public RunMachine Begin() => Send(new RunEvent.Begun());

    public RunMachine Complete(string key, string output = "null") =>
        Send(new RunEvent.WorkEnded(WorkKey.Parse(key), new WorkOutcome(Encoding.UTF8.GetBytes(output), null)));

    public RunMachine Fail(string key, string code = ErrorCodes.WorkerError, string message = "broke") =>
        Send(new RunEvent.WorkEnded(WorkKey.Parse(key), new WorkOutcome(null, TaskError.Of(code, message))));

    public RunMachine After(TimeSpan time)
    {
        Context = Context with { Now = Context.Now + time };
        return Send(new RunEvent.Looked());
    }

    public RunRefusal Refuses(RunEvent change)
    {
        var before = Encoding.UTF8.GetString(State.ToBytes());
        Send(change);
        Assert.NotNull(Plan.Refusal);
        Assert.Empty(Plan.Effects);
        Assert.Equal(before, Encoding.UTF8.GetString(State.ToBytes()));
        return Plan.Refusal;
    }

    public RunMachine Send(params RunEvent[] events)
    {
        Loaded.Clear();
        var outputs = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var state = RunState.Parse(State.ToBytes());
        while (true)
        {
            Plan = RunPlanner.Advance(_definition, state, events, Context with { Outputs = outputs });
            if (Plan.Missing.Count == 0)
            {
                break;
            }

            Assert.Same(state, Plan.State);
            Assert.Empty(Plan.Effects);
            foreach (var name in Plan.Missing)
            {
                Assert.True(Loaded.Add(name), $"'{name}' was at hand.");
                outputs.Add(name, Kept[name]);
            }
        }

        // The same once more, from a state that was read anew.
        var again = RunPlanner.Advance(_definition, RunState.Parse(State.ToBytes()), events, Context with { Outputs = outputs });
        Assert.Equal(Describe(Plan), Describe(again));
        Take(events);
        return this;
    }

    private void Take(RunEvent[] events)
    {
        State = Plan.State;
        var before = UnderWay.Concat(GivenUp).ToHashSet();
        foreach (var effect in Plan.Effects)
        {
            switch (effect)
            {
                case RunEffect.Start(var key, var request):
                    UnderWay.Add(key);
                    Started.Add($"{key} {Encoding.UTF8.GetString(request.Input.Span)}");
                    break;
                case RunEffect.Cancel(var key, _):
                    Assert.True(UnderWay.Remove(key), $"{key} was not under way.");
                    GivenUp.Add(key);
                    break;
                case RunEffect.Keep(var name, var output): Kept[name] = output; break;
                case RunEffect.Tell tell: History.Add(tell); break;
            }
        }

        // Afterwards, since work may end in the plan that starts it; but not before that, by the plan's only event.
        foreach (var happened in events)
        {
            var ended = happened switch
            {
                RunEvent.WorkEnded(var key, _) => key,
                RunEvent.WorkDeferred(var key) => key,
                _ => (WorkKey?)null,
            };
            if (ended is { } gone && (events.Length > 1 || before.Contains(gone)))
            {
                UnderWay.Remove(gone);
                GivenUp.Remove(gone);
            }
        }

        if (State.Status != RunStatus.Started)
        {
            GivenUp.Clear();
        }

        Assert.Equal(UnderWay.Count + GivenUp.Count, State.InFlight);
        Assert.Equal(UnderWay.ToHashSet(), State.FindInFlight().ToHashSet());
    }

    private static string Describe(RunPlan plan) => string.Join('\n', plan.Effects.Select(Describe).Append(Encoding.UTF8.GetString(plan.State.ToBytes()))
        .Append($"{plan.Refusal} {plan.DueAt} {plan.LeavesWork} {(plan.Output is { } output ? Encoding.UTF8.GetString(output.Span) : null)}"));

    private static string Describe(RunEffect effect) => effect switch
    {
        RunEffect.Start(var key, var request) => $"start {key} {Encoding.UTF8.GetString(request.Input.Span)} {request.Delay}",
        RunEffect.Keep(var name, var output) => $"keep {name} {Encoding.UTF8.GetString(output.Span)}",
        _ => effect.ToString(),
    };
}

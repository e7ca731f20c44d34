using System.Text.Json;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Expressions;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>A run while a plan is made for it: its state, which changes as events are carried on, and what follows from them.</summary>
internal sealed partial class RunProgress
{
    private readonly RunDefinition _definition;
    private readonly RunContext _context;
    private readonly StepGraph _graph;
    private readonly RunOutputs _outputs;
    private readonly StepState[] _steps;
    private readonly List<RunEffect> _effects = [];
    private readonly DateTimeOffset _now;
    private RunState _run;
    private int _inFlight;
    private int _givenUp;
    private int _starts;
    private int _lastOrder;
    private RunRefusal? _refusal;
    private ReadOnlyMemory<byte>? _output;

    public RunProgress(RunDefinition definition, RunState state, RunContext context)
    {
        if (state.Steps.Count != definition.Steps.Count)
        {
            throw new InvalidOperationException($"The state of the run does not belong to {definition.Name}.");
        }

        _definition = definition;
        _context = context;
        _run = state;
        _steps = [.. state.Steps];
        _graph = new StepGraph(definition.Steps);
        _outputs = new RunOutputs(context.Outputs);
        _inFlight = state.InFlight;
        _givenUp = state.Steps.Sum(static step => step.GivenUp);
        _lastOrder = state.Steps.Max(step => step.Order) ?? 0;

        // As exact as a state is written, so that it does not matter whether it was.
        _now = DateTimeOffset.FromUnixTimeMilliseconds(context.Now.ToUnixTimeMilliseconds());
    }

    /// <summary><c>run.input</c>.</summary>
    public JsonElement RunInput => _outputs.Read("", () => _context.Input);

    /// <summary>Carries the events on one after another, so that it does not matter in how many plans they come.</summary>
    public RunPlan Advance(IReadOnlyList<RunEvent> events)
    {
        var before = _run;
        foreach (var happened in events)
        {
            Apply(happened);
            if (_refusal is null)
            {
                Settle();
            }

            if (_refusal is not null)
            {
                return new RunPlan { State = before, Refusal = _refusal, DueAt = FindDue(before) };
            }

            if (_outputs.Misses > 0)
            {
                return new RunPlan { State = before, Missing = _outputs.Missing };
            }
        }

        var state = _run with { Steps = _steps };
        return new RunPlan
        {
            State = state,
            Effects = _effects,
            DueAt = FindDue(state),
            LeavesWork = _leavesWork && state is { Status: RunStatus.Started, HeldUntil: null },
            Output = _output,
        };
    }

    private void Apply(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.Begun:
                Begin();
                break;
            case RunEvent.WorkEnded(var key, var outcome):
                End(key, outcome);
                break;
            case RunEvent.WorkDeferred(var key):
                Defer(key);
                break;
            case RunEvent.Looked:
                Look();
                break;
            case RunEvent.Decided decided:
                Decide(decided);
                break;
            case RunEvent.Abort abort:
                Abort(abort);
                break;
            case RunEvent.Retry retry:
                Retry(retry);
                break;
            case RunEvent.Skip skip:
                Replace(skip);
                break;
        }
    }

    private void Begin()
    {
        if (_run is { HasBegun: false, Status: RunStatus.Started })
        {
            _run = _run with { HasBegun = true };
            Tell(RunEventTypes.RunStarted, null);
        }
    }

    /// <summary>Starts and ends what the state now allows.</summary>
    private void Settle()
    {
        if (_run is not { HasBegun: true, Status: RunStatus.Started })
        {
            return;
        }

        if (!_run.IsCompensating)
        {
            StartSteps();
            EndWhereNothingIsLeft();
        }

        if (_run.IsCompensating)
        {
            Compensate();
        }
    }

    private DateTimeOffset? FindDue(RunState state)
    {
        if (state.Status != RunStatus.Started)
        {
            return null;
        }

        var due = Earlier(state.HeldUntil, state.IsCompensating ? null : _context.DeadlineAt);
        foreach (var step in state.Steps)
        {
            due = step.Status == StepStatus.Waiting ? Earlier(due, step.ExpiresAt) : due;
        }

        return due;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    /// <summary>What expressions see of a step; null where it has not ended.</summary>
    public StepValue? FindValue(string step)
    {
        var place = _graph.Find(step);
        return place < 0 ? null : _steps[place].Status switch
        {
            StepStatus.Completed => new StepValue("completed", () => ReadOutput(place), null, null),
            StepStatus.Failed => new StepValue("failed", () => RunOutputs.Null, _steps[place].Error?.Code, _steps[place].Error?.Message),
            StepStatus.Skipped => new StepValue("skipped", () => RunOutputs.Null, null, null),
            _ => null,
        };
    }

    /// <summary>Evaluates; a value that was made of a missing output is none.</summary>
    private Evaluated<T> Evaluate<T>(string what, Func<T> evaluate)
    {
        var misses = _outputs.Misses;
        T value = default!;
        string? fault = null;
        try
        {
            value = evaluate();
        }
        catch (ExpressionException exception)
        {
            fault = $"{what}{exception.Path}: {exception.Message}";
        }

        return new Evaluated<T>(misses != _outputs.Misses, value, fault);
    }

    private void Tell(string type, string? step, int? item = null, string? data = null) => _effects.Add(new RunEffect.Tell(type, step, item, data));

    private static TaskError InvalidInput(string message) => TaskError.Of(ErrorCodes.InvalidInput, message);
}

using System.Text.Json;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>
/// Starting work. Steps come in the order of the definition and items in theirs, whichever of them began first: so what stands earlier
/// is done first, and a long list of items holds back what comes after it, and nothing before it.
/// </summary>
internal sealed partial class RunProgress
{
    private readonly HashSet<int> _undecided = [];
    private bool _waitsForRoom;

    private long _startBytes;

    /// <summary>Whether work was left to the next look, since this plan has started as much as it may.</summary>
    private bool _leavesWork;

    /// <summary>How much is started at first once a run is held no more. If there is room for that, the next look starts the rest.</summary>
    private const int MostWhenProbing = 16;

    /// <summary>How much has ended while the run is held: where there was no room, so much more may find some.</summary>
    private int _startsWhileHeld;

    private bool _isProbing;

    private void LeaveRoom()
    {
        if (_run.IsCompensating)
        {
            _run = _run with { HeldUntil = null };
        }
        else
        {
            _startsWhileHeld++;
        }
    }

    private bool FindRoom()
    {
        if (_inFlight >= Math.Max(1, _context.MaxParallel))
        {
            return false;
        }

        var most = _run.HeldUntil is not null ? _startsWhileHeld : _isProbing ? MostWhenProbing : int.MaxValue;
        var mayStart = _starts < Math.Min(most, _context.MaxStarts) && _startBytes < _context.MaxStartBytes;
        _leavesWork |= !mayStart;
        return mayStart;
    }

    /// <summary>Starts what has what it needs, until nothing more follows.</summary>
    private void StartSteps()
    {
        bool changed;
        do
        {
            changed = false;
            _waitsForRoom = false;
            for (var place = 0; place < _steps.Length && _run.Error is null; place++)
            {
                changed |= _steps[place].Status switch
                {
                    StepStatus.Pending => !_undecided.Contains(place) && BeginStep(place),
                    StepStatus.Running when _steps[place].Items is not null => StartItems(place),
                    _ => false,
                };
            }
        }
        while (changed && _run.Error is null);
    }

    /// <summary>Answers whether the step is no longer pending.</summary>
    private bool BeginStep(int place)
    {
        if (!HasWhatItNeeds(place, out var allSkipped))
        {
            return false;
        }

        if (allSkipped)
        {
            PassOver(place, "needs");
            return true;
        }

        var step = _definition.Steps[place];
        var isDecision = step is { Action: null, Run: null };
        if (!isDecision && !FindRoom())
        {
            _waitsForRoom = true;
            return false;
        }

        if (step.If is { } condition)
        {
            var holds = Evaluate("if", () => condition.Evaluate(Scope()));
            if (holds.IsMissing)
            {
                return LeaveUndecided(place);
            }

            if (!Holds(place, holds))
            {
                return true;
            }
        }

        return isDecision ? BeginDecision(place) : step.Foreach is null ? StartWork(place) : BeginItems(place);
    }

    /// <summary>All that a step needs has ended as it should. One that needs nothing always begins.</summary>
    private bool HasWhatItNeeds(int place, out bool allSkipped)
    {
        allSkipped = _graph.Needs[place].Length > 0;
        foreach (var need in _graph.Needs[place])
        {
            var status = _steps[need].Status;
            if (status is not (StepStatus.Completed or StepStatus.Skipped) && !(status == StepStatus.Failed && _definition.Steps[need].ContinueOnFailure))
            {
                return false;
            }

            allSkipped &= status == StepStatus.Skipped;
        }

        return true;
    }

    /// <summary>Whether a step goes on after its condition; where not, it is skipped or has failed.</summary>
    private bool Holds(int place, Evaluated<JsonElement> condition)
    {
        if (condition.Fault is { } fault)
        {
            FailStep(place, InvalidInput(fault));
            return false;
        }

        switch (condition.Value.ValueKind)
        {
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False or JsonValueKind.Null or JsonValueKind.Undefined:
                PassOver(place, "if");
                return false;
            default:
                FailStep(place, InvalidInput("if: is neither true nor false."));
                return false;
        }
    }

    private void PassOver(int place, string reason)
    {
        _steps[place] = _steps[place] with { Status = StepStatus.Skipped, EndedAt = _now };
        Tell(RunEventTypes.StepSkipped, _steps[place].Id, null, RunEventData.Reason(reason));
    }

    private bool BeginDecision(int place)
    {
        _steps[place] = _steps[place] with { Status = StepStatus.Running, StartedAt = _now };
        Arrive(place, MapOutput(place, null, RunOutputs.NullBytes));
        return true;
    }

    /// <summary>Starts the one task or sub-run of a step.</summary>
    private bool StartWork(int place)
    {
        var input = MakeInput(place, Scope());
        if (input.IsMissing)
        {
            return LeaveUndecided(place);
        }

        if (input.Fault is { } fault)
        {
            FailStep(place, InvalidInput(fault));
            return true;
        }

        _steps[place] = _steps[place] with { Status = StepStatus.Running, StartedAt = _now, EndedAt = null, Error = null };
        Start(new WorkKey(_steps[place].Id, null, _steps[place].Round, false), Request(place, input.Value), RunEventTypes.StepQueued);
        return true;
    }

    /// <summary>The step stays as it is for this plan, which misses an output; it takes the room that it would have taken.</summary>
    private bool LeaveUndecided(int place)
    {
        _undecided.Add(place);
        _inFlight++;
        _starts++;
        return false;
    }

    private void Start(WorkKey key, WorkRequest request, string type)
    {
        _inFlight++;
        _starts++;
        _startBytes += request.Input.Length;
        _effects.Add(new RunEffect.Start(key, request));
        Tell(type, key.Step, key.Item, RunEventData.Work(key));
    }

    private WorkRequest Request(int place, ReadOnlyMemory<byte> input)
    {
        var step = _definition.Steps[place];
        return new WorkRequest
        {
            Action = step.Action,
            Name = step.Name,
            Run = step.Action is null ? step.Run : null,
            Input = input,
            MaxAttempts = step.MaxAttempts,
            TimeoutMs = step.TimeoutMs,
            Delay = _steps[place].NotBefore is { } time && time > _now ? time - _now : TimeSpan.Zero,
            Priority = step.Priority,
            Skills = step.Skills,
            Resources = step.Resources,
            CacheSeconds = step.CacheSeconds,
        };
    }
}

using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>Ends of work, and what they make of their step.</summary>
internal sealed partial class RunProgress
{
    /// <summary>How long work waits that found no room.</summary>
    private static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(5);

    /// <summary>Whether the outcome that is told now came from the cache.</summary>
    private bool _isCached;

    private void End(WorkKey key, WorkOutcome outcome)
    {
        if (FindUnderWay(key) is not { } place)
        {
            EndGivenUp(key);
            return;
        }

        LeaveRoom();
        _inFlight--;
        _isCached = outcome.IsCached;
        if (key.IsCompensation)
        {
            EndCompensation(place, outcome.Error);
        }
        else if (key.Item is { } item)
        {
            EndItem(place, item, outcome);
        }
        else if (outcome.Error is { } error)
        {
            FailStep(place, error);
        }
        else
        {
            Arrive(place, MapOutput(place, null, outcome.Output ?? RunOutputs.NullBytes));
        }

        _isCached = false;
    }

    /// <summary>Work for which there was no room is as if it had never been started, and nothing else is for a while.</summary>
    private void Defer(WorkKey key)
    {
        if (FindUnderWay(key) is not { } place)
        {
            EndGivenUp(key);
            return;
        }

        _inFlight--;
        _run = _run with { HeldUntil = _now + HeldFor };
        WithdrawStart(key);
        Tell(RunEventTypes.StepDeferred, key.Step, key.Item, RunEventData.Work(key));
        if (key.IsCompensation)
        {
            _steps[place] = _steps[place] with { Compensation = StepStatus.Pending };
        }
        else if (key.Item is { } item)
        {
            ItemsOf(place)[item] = StepStatus.Pending;
        }
        else
        {
            _steps[place] = _steps[place] with { Status = StepStatus.Pending, StartedAt = null };
        }
    }

    /// <summary>The place of the step of which this is under way; null where it is not.</summary>
    private int? FindUnderWay(WorkKey key)
    {
        var place = key.Step is null ? -1 : _graph.Find(key.Step);
        if (place < 0 || _run.Status != RunStatus.Started)
        {
            return null;
        }

        var step = _steps[place];
        var isUnderWay = (key.IsCompensation, key.Item, step.Items) switch
        {
            (true, null, _) => key.Round == 1 && step.Compensation == StepStatus.Running,
            (false, null, null) => key.Round == step.Round && step.Status == StepStatus.Running,
            (false, { } item, { } items) => key.Round == step.Round && step.Status == StepStatus.Running
                && item >= 0 && item < items.Count && items[item] == StepStatus.Running,
            _ => false,
        };
        return isUnderWay ? place : null;
    }

    /// <summary>A step without items has its output.</summary>
    private void Arrive(int place, Evaluated<ReadOnlyMemory<byte>> output)
    {
        if (output.IsMissing)
        {
            return;
        }

        if (output.Fault is { } fault)
        {
            FailStep(place, InvalidInput(fault));
            return;
        }

        KeepWhole(place, output.Value);
        Arrive(place);
    }

    /// <summary>A step whose output is kept asks a person, or is completed.</summary>
    private void Arrive(int place)
    {
        if (_definition.Steps[place].Approval is { } approval)
        {
            Ask(place, approval);
        }
        else
        {
            Complete(place);
        }
    }

    private void Complete(int place)
    {
        _steps[place] = Ended(place, StepStatus.Completed) with { Order = ++_lastOrder };
        Tell(RunEventTypes.StepCompleted, _steps[place].Id, null, _isCached && _steps[place].Items is null ? RunEventData.Cached : null);
    }

    /// <summary>A step fails, and the run with it where its definition does not say otherwise.</summary>
    private void FailStep(int place, TaskError error)
    {
        _steps[place] = Ended(place, StepStatus.Failed) with { Error = error };
        Tell(RunEventTypes.StepFailed, _steps[place].Id, null, RunEventData.Error(error));
        if (!_definition.Steps[place].ContinueOnFailure && _run.Error is null)
        {
            _run = _run with { Error = ErrorOf(_steps[place]) };
        }
    }

    private static TaskError ErrorOf(StepState step)
    {
        var error = step.Error ?? InvalidInput("it has failed.");
        return error with { Message = TaskError.Clip($"step '{step.Id}' failed: {error.Message}") };
    }

    private StepState Ended(int place, StepStatus status)
    {
        CancelPendingItems(place);
        return _steps[place] with
        {
            Status = status,
            StartedAt = _steps[place].StartedAt ?? _now,
            EndedAt = _now,
            Error = null,
            Question = null,
            ExpiresAt = null,
            NotBefore = null,
        };
    }

    /// <summary>Items that a step did not come to before it ended.</summary>
    private void CancelPendingItems(int place)
    {
        if (_steps[place].Items?.Contains(StepStatus.Pending) == true)
        {
            ItemsOf(place).Replace(StepStatus.Pending, StepStatus.Cancelled);
        }
    }

    /// <summary>Takes back the start of work that this very plan would start; answers whether it would.</summary>
    private bool WithdrawStart(WorkKey key)
    {
        var at = _starts == 0 ? -1 : _effects.FindLastIndex(effect => effect is RunEffect.Start start && start.Key == key);
        if (at >= 0)
        {
            _starts--;
            _effects.RemoveAt(at);
        }

        return at >= 0;
    }
}

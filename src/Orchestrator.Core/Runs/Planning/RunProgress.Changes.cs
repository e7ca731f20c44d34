using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>What people do to a run. What its state does not allow is refused, and says which state that is.</summary>
internal sealed partial class RunProgress
{
    private void Abort(RunEvent.Abort abort)
    {
        if (_run.Status != RunStatus.Started || (_run.IsCompensating && abort.Compensates))
        {
            Refuse(DescribeRun());
            return;
        }

        for (var place = 0; place < _steps.Length; place++)
        {
            if (_steps[place].Compensation == StepStatus.Running)
            {
                GiveUpWork(place);
                _steps[place] = _steps[place] with { Compensation = StepStatus.Cancelled };
            }
        }

        Finish(TaskError.Of(ErrorCodes.Cancelled, abort.Reason ?? "A person aborted the run."), isAborted: true, abort.Compensates);
    }

    private void Retry(RunEvent.Retry retry)
    {
        if (FindForChange(retry.Step) is not { } place || !AllowsChange() || !StandsAlone(place))
        {
            return;
        }

        var step = _steps[place];
        if (step.Status != StepStatus.Failed)
        {
            Refuse($"{Describe(step)}; only a failed step is done again.");
            return;
        }

        if (retry.Input is { IsEmpty: false } && _definition.Steps[place].Foreach is not null)
        {
            Refuse($"step '{step.Id}' has items, whose input cannot be given.");
            return;
        }

        Resume(place);
        if (retry.Input is { IsEmpty: false } input)
        {
            Keep(place, WorkNames.Input(step.Id), input);
        }

        var keepsItems = step.Items?.Any(item => item != StepStatus.Completed) == true;
        DoAgain(place, keepsItems, retry.Delay, retry.Input is { IsEmpty: false } ? InputChange.Whole : InputChange.None, null);
    }

    private void Replace(RunEvent.Skip skip)
    {
        if (FindForChange(skip.Step) is not { } place || !AllowsChange())
        {
            return;
        }

        var step = _steps[place];
        if (step.Status is StepStatus.Completed or StepStatus.Skipped)
        {
            Refuse($"{Describe(step)} already.");
            return;
        }

        if (!StandsAlone(place))
        {
            return;
        }

        Resume(place);
        GiveUpWork(place);
        KeepWhole(place, skip.Output.IsEmpty ? RunOutputs.NullBytes : skip.Output);

        // Without a place in the order of completion, since nobody knows what there would be to undo; nor has it begun by that.
        _steps[place] = Ended(place, StepStatus.Completed) with { StartedAt = step.StartedAt };
        Tell(RunEventTypes.StepCompleted, step.Id, null, RunEventData.Replaced);
    }

    /// <summary>A step begins its next round.</summary>
    /// <param name="keepsItems">Whether of its items only those are done again that were not completed.</param>
    private void DoAgain(int place, bool keepsItems, TimeSpan delay, InputChange change, string? comment)
    {
        var step = _steps[place];
        _steps[place] = step with
        {
            Status = keepsItems ? StepStatus.Running : StepStatus.Pending,
            Round = step.Round + 1,
            Items = keepsItems ? step.Items : null,
            StartedAt = keepsItems ? _now : null,
            EndedAt = null,
            Error = null,
            Question = null,
            ExpiresAt = null,
            Order = null,
            OutputBytes = keepsItems ? step.OutputBytes : 0,
            HasWholeOutput = false,
            HasKeptItems = keepsItems && step.HasKeptItems,
            InputChange = change,
            NotBefore = delay > TimeSpan.Zero ? _now + TimeSpan.FromTicks(Math.Min(delay.Ticks, RunLimits.MaxRunTimeoutMs * TimeSpan.TicksPerMillisecond)) : null,
        };
        if (keepsItems)
        {
            ItemsOf(place).FillExcept(StepStatus.Completed, StepStatus.Pending);
        }

        Tell(RunEventTypes.StepRetry, step.Id, null, RunEventData.Retry(step.Round + 1, delay, comment, change != InputChange.None));
    }

    /// <summary>A failed run goes on: steps that it did not come to are pending again, questions are asked again.</summary>
    private void Resume(int place)
    {
        if (_steps[place].Status == StepStatus.Failed)
        {
            _run = _run with { Error = null };
        }

        if (_run.Status != RunStatus.Failed)
        {
            return;
        }

        _run = _run with { Status = RunStatus.Started, Error = null };
        Tell(RunEventTypes.RunResumed, _steps[place].Id);
        for (var other = 0; other < _steps.Length; other++)
        {
            if (_steps[other].Status == StepStatus.Cancelled)
            {
                Resume(_steps[other], other, _definition.Steps[other].Approval, isChanged: other == place);
            }
        }
    }

    private void Resume(StepState step, int place, ApprovalDefinition? approval, bool isChanged)
    {
        _steps[place] = step with { Status = step.Items is null ? StepStatus.Pending : StepStatus.Running, EndedAt = null };
        if (step.Items is not null)
        {
            ItemsOf(place).Replace(StepStatus.Cancelled, StepStatus.Pending);
        }

        if (step.Question is not null && approval is not null && !isChanged)
        {
            Wait(place, step.Question, approval);
        }
    }

    private int? FindForChange(string step)
    {
        var place = _graph.Find(step);
        if (place < 0)
        {
            _refusal = new RunRefusal(true, $"The run has no step '{step}'.");
            return null;
        }

        return place;
    }

    private bool AllowsChange()
    {
        if (_run.Status is RunStatus.Completed or RunStatus.Aborted || _run.IsCompensating || _run.WasCompensated || _run.IsBroken)
        {
            Refuse(DescribeRun());
        }
        else if (!_run.HasBegun)
        {
            Refuse("The run has not begun.");
        }
        else if (_context.DeadlineAt <= _context.Now)
        {
            Refuse($"The time of the run is over{DescribeReplay()}.");
        }

        return _refusal is null;
    }

    /// <summary>Whether nothing that needs the step has begun, and so has read what it made or that it failed.</summary>
    private bool StandsAlone(int place)
    {
        for (var other = 0; other < _steps.Length; other++)
        {
            if (_steps[other].HasBegun && Array.IndexOf(_graph.Needs[other], place) >= 0)
            {
                Refuse($"{Describe(_steps[place])}, and step '{_steps[other].Id}', which needs it, has begun.");
                return false;
            }
        }

        return true;
    }

    private void Refuse(string message) => _refusal = new RunRefusal(false, message);

    private string DescribeRun() => (_run.Status, _run.IsCompensating, _run.WasCompensated) switch
    {
        (_, true, _) => "The run is undoing what it completed.",
        _ when _run.IsBroken => "The run has failed, because it could not be carried on.",
        (RunStatus.Failed, _, true) => $"The run has failed, and what it completed was undone{DescribeReplay()}.",
        (RunStatus.Failed, _, _) => "The run has failed.",
        (RunStatus.Completed, _, _) => "The run is completed.",
        (RunStatus.Aborted, _, _) => "The run was aborted.",
        _ => "The run is under way.",
    };

    private static string Describe(StepState step) => $"step '{step.Id}' is {step.Status.ToString().ToLowerInvariant()}";
}

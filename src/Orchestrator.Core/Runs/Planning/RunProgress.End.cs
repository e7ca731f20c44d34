using System.Buffers;
using System.Text.Json;
using Orchestrator.Core.Runs.Expressions;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>How a run ends, and how what it completed is undone.</summary>
internal sealed partial class RunProgress
{
    private void EndWhereNothingIsLeft()
    {
        if (_inFlight > _givenUp || _outputs.Misses > 0)
        {
            return;
        }

        if (_run.Error is { } error)
        {
            Fail(error);
        }
        else if (!_waitsForRoom && !Array.Exists(_steps, step => step.Status == StepStatus.Waiting))
        {
            EndWhereStepsStand();
        }
    }

    /// <summary>Nothing is under way and nothing can begin: all steps have ended well, or one that failed earlier holds others back.</summary>
    private void EndWhereStepsStand()
    {
        for (var place = 0; place < _steps.Length; place++)
        {
            if (_steps[place].Status == StepStatus.Failed && !_definition.Steps[place].ContinueOnFailure)
            {
                Fail(ErrorOf(_steps[place]));
                return;
            }
        }

        if (Array.Find(_steps, step => !step.HasEnded) is { } stuck)
        {
            Finish(InvalidInput($"step '{stuck.Id}' can never begin."));
            return;
        }

        var output = Evaluate("output", MakeOutput);
        if (output.IsMissing)
        {
            return;
        }

        if (output.Fault is { } fault)
        {
            Finish(InvalidInput(fault));
            return;
        }

        _output = output.Value;
        _run = _run with { Status = RunStatus.Completed };
        ForgetGivenUp();
        Tell(RunEventTypes.RunCompleted, null);
    }

    /// <summary>What the definition says, or the outputs of the steps that no other step needs.</summary>
    private ReadOnlyMemory<byte> MakeOutput()
    {
        if (_definition.Output is { } template)
        {
            return template.Evaluate(Scope());
        }

        var leaves = Enumerable.Range(0, _steps.Length).Where(place => !_graph.IsNeeded[place]).ToList();
        if (leaves.Sum(place => _steps[place].OutputBytes) > TaskLimits.MaxResultBytes)
        {
            throw new ExpressionException($"the outputs of its last steps are larger than {TaskLimits.MaxResultBytes} bytes; the definition may name an output.", 0);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var place in leaves)
            {
                json.WritePropertyName(_steps[place].Id);
                var output = _steps[place].Status == StepStatus.Completed ? FindOutput(place) : RunOutputs.NullBytes;
                json.WriteRawValue(output.Span, skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The run fails once what it gave up has ended too, since a person may start it again.</summary>
    private void Fail(TaskError error)
    {
        if (_inFlight == 0)
        {
            Finish(error);
        }
    }

    /// <summary>The run fails: what is under way is cancelled, what was completed is undone.</summary>
    private void Finish(TaskError error) => Finish(error, isAborted: false, compensates: true);

    private void Finish(TaskError error, bool isAborted, bool compensates)
    {
        for (var place = 0; place < _steps.Length; place++)
        {
            CancelStep(place, compensates);
        }

        _run = _run with { Error = error, HeldUntil = null, IsCompensating = compensates && FindNextToUndo() >= 0, IsAborting = isAborted };
        if (_run.IsCompensating)
        {
            _run = _run with { WasCompensated = true };
            Tell(RunEventTypes.RunCompensating, null, null, RunEventData.Error(error));
        }
        else
        {
            End();
        }
    }

    private void CancelStep(int place, bool compensates)
    {
        var step = _steps[place];
        if (step.HasEnded)
        {
            return;
        }

        GiveUpWork(place, compensates);
        CancelPendingItems(place);
        if (step.Status != StepStatus.Pending)
        {
            Tell(RunEventTypes.StepCancelled, step.Id);
        }

        // The question stays, so that it is asked again where the run goes on.
        _steps[place] = _steps[place] with { Status = StepStatus.Cancelled, EndedAt = _now, ExpiresAt = null };
    }

    private void End()
    {
        var (status, type) = _run.IsAborting ? (RunStatus.Aborted, RunEventTypes.RunAborted) : (RunStatus.Failed, RunEventTypes.RunFailed);
        _run = _run with { Status = status, IsCompensating = false, HeldUntil = null };
        ForgetGivenUp();
        Tell(type, null, null, RunEventData.Error(_run.Error!));
    }

    /// <summary>Undoes the next step, one at a time; once none is left the run has ended.</summary>
    private void Compensate()
    {
        while (_inFlight == 0 && _outputs.Misses == 0 && _run is { Status: RunStatus.Started, HeldUntil: null })
        {
            if (FindNextToUndo() is var place and >= 0)
            {
                Undo(place);
            }
            else
            {
                End();
            }
        }
    }

    /// <summary>The step completed last of those that are still to be undone; -1 for none.</summary>
    private int FindNextToUndo()
    {
        var next = -1;
        for (var place = 0; place < _steps.Length; place++)
        {
            var waits = _steps[place] is { Status: StepStatus.Completed, Order: not null, Compensation: null or StepStatus.Pending }
                && _definition.Steps[place].Compensation is not null;
            next = waits && (next < 0 || _steps[place].Order > _steps[next].Order) ? place : next;
        }

        return next;
    }

    private void Undo(int place)
    {
        var compensation = _definition.Steps[place].Compensation!;
        var input = Evaluate("compensate/input", () => compensation.Input?.Evaluate(Scope(() => ReadOutput(place))) ?? FindOutput(place));
        if (input.IsMissing)
        {
            return;
        }

        if (input.Fault is { } fault)
        {
            EndCompensation(place, InvalidInput(fault));
            return;
        }

        _steps[place] = _steps[place] with { Compensation = StepStatus.Running };
        var request = new WorkRequest
        {
            Action = compensation.Action,
            Input = input.Value,
            MaxAttempts = compensation.MaxAttempts,
            TimeoutMs = compensation.TimeoutMs,
            Priority = _definition.Steps[place].Priority,
        };
        Start(new WorkKey(_steps[place].Id, null, 1, true), request, RunEventTypes.StepCompensating);
    }

    private void EndCompensation(int place, TaskError? error)
    {
        _steps[place] = _steps[place] with { Compensation = error is null ? StepStatus.Completed : StepStatus.Failed };
        Tell(
            error is null ? RunEventTypes.StepCompensated : RunEventTypes.StepUncompensated, _steps[place].Id, null, error is null ? null : RunEventData.Error(error));
    }
}

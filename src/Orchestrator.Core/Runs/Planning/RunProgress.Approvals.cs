using System.Globalization;
using System.Text;
using System.Text.Json;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>Steps that wait for a person.</summary>
internal sealed partial class RunProgress
{
    private void Ask(int place, ApprovalDefinition approval)
    {
        var question = Evaluate("approval/question", () => TextOf(approval.Question.Evaluate(Scope(() => ReadOutput(place)))));
        if (question.IsMissing)
        {
            return;
        }

        if (question.Fault is { } fault)
        {
            FailStep(place, InvalidInput(fault));
            return;
        }

        Wait(place, question.Value, approval);
    }

    private void Wait(int place, string question, ApprovalDefinition approval)
    {
        var expiresAt = approval.TimeoutMs is { } limit ? _now.AddMilliseconds(Math.Clamp(limit, 0, RunLimits.MaxRunTimeoutMs)) : _context.DeadlineAt;
        if (_context.DeadlineAt < expiresAt)
        {
            // The run ends before that, and the question with it.
            expiresAt = _context.DeadlineAt;
        }

        _steps[place] = _steps[place] with { Status = StepStatus.Waiting, Question = question, ExpiresAt = expiresAt, EndedAt = null };
        Tell(RunEventTypes.StepWaiting, _steps[place].Id, null, RunEventData.Question(question, expiresAt, _steps[place].Round));
    }

    /// <summary>The question as text: what is none is asked as its JSON.</summary>
    private static string TextOf(byte[] json)
    {
        var value = RunOutputs.Parse("question", json);
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : Encoding.UTF8.GetString(json);
        if (text.Length > TaskLimits.MaxQuestionLength)
        {
            text = text[..(char.IsHighSurrogate(text[TaskLimits.MaxQuestionLength - 1]) ? TaskLimits.MaxQuestionLength - 1 : TaskLimits.MaxQuestionLength)];
        }

        return text.Replace('\0', '\uFFFD');
    }

    private void Decide(RunEvent.Decided decided)
    {
        if (FindForChange(decided.Step) is not { } place)
        {
            return;
        }

        var step = _steps[place];
        if (_run.Status != RunStatus.Started || step.Status != StepStatus.Waiting)
        {
            Refuse(_run.Status != RunStatus.Started ? DescribeRun() : $"{Describe(step)} and waits for no decision.");
            return;
        }

        if (decided.Round is { } round && round != step.Round)
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"step '{step.Id}' asks in its round {step.Round} now, not in {round}; look at it before you decide."));
            return;
        }

        switch (decided.Decision)
        {
            case RunDecision.Continue:
                Approve(place, decided);
                break;
            case RunDecision.Retry:
                if (decided.Edits is { IsEmpty: false } edits)
                {
                    Keep(place, WorkNames.Input(step.Id), edits);
                }

                DoAgain(place, keepsItems: false, TimeSpan.Zero, decided.Edits is { IsEmpty: false } ? InputChange.Patch : InputChange.None, decided.Comment);
                break;
            case RunDecision.Reject:
                Tell(RunEventTypes.StepRejected, step.Id, null, RunEventData.Decision(decided.Comment, false));
                FailStep(place, TaskError.Of(ErrorCodes.Rejected, decided.Comment ?? "A person rejected it."));
                break;
            case RunDecision.Abort:
                Abort(new RunEvent.Abort(decided.Comment, false));
                break;
        }
    }

    private void Approve(int place, RunEvent.Decided decided)
    {
        if (decided.Edits is { IsEmpty: false } edits)
        {
            var output = Evaluate($"step '{decided.Step}': output", () => Patch(FindOutput(place), edits, TaskLimits.MaxResultBytes));
            if (output.IsMissing)
            {
                return;
            }

            if (output.Fault is { } fault)
            {
                Refuse(fault);
                return;
            }

            KeepWhole(place, output.Value);
        }

        Tell(RunEventTypes.StepApproved, decided.Step, null, RunEventData.Decision(decided.Comment, decided.Edits is { IsEmpty: false }));
        Complete(place);
    }

    /// <summary>The way out where a run does not go on any more.</summary>
    private string DescribeReplay() => RunReplay.FindStart(_steps) is { } step ? $"; replay it from '{step}'" : "";

    /// <summary>What time brings: the end of the run's, decisions that nobody made, room.</summary>
    private void Look()
    {
        if (_run is not { HasBegun: true, Status: RunStatus.Started })
        {
            return;
        }

        if (_run.HeldUntil <= _now)
        {
            _run = _run with { HeldUntil = null };
            _isProbing = true;
        }

        if (!_run.IsCompensating && _context.DeadlineAt <= _context.Now)
        {
            Finish(_run.Error ?? TaskError.Of(ErrorCodes.DeadlineExceeded, "The run took longer than it may."));
            return;
        }

        for (var place = 0; place < _steps.Length; place++)
        {
            if (_steps[place].Status == StepStatus.Waiting && _steps[place].ExpiresAt <= _now)
            {
                Expire(place);
            }
        }
    }

    private void Expire(int place)
    {
        if (_definition.Steps[place].Approval?.ContinueOnTimeout == true)
        {
            Tell(RunEventTypes.StepApproved, _steps[place].Id, null, RunEventData.ByTime);
            Complete(place);
            return;
        }

        Tell(RunEventTypes.StepRejected, _steps[place].Id, null, RunEventData.ByTime);
        FailStep(place, TaskError.Of(ErrorCodes.Rejected, "Nobody decided in time."));
    }
}

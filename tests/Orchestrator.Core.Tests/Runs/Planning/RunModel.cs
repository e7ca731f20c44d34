using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;

namespace Orchestrator.Core.Tests.Runs.Planning;

/// <summary>What must hold of a run whatever happens to it, told from the plans alone and from what the run was sent.</summary>
internal sealed class RunModel(RunDefinition definition, RunMachine run)
{
    private readonly HashSet<WorkKey> _started = [];
    private readonly HashSet<WorkKey> _succeeded = [];
    private readonly HashSet<WorkKey> _failed = [];
    private readonly List<string> _order = [];
    private readonly Dictionary<string, StepDefinition> _steps = definition.Steps.ToDictionary(step => step.Id);
    private bool _isOpen;

    /// <summary>Sends events and checks all that follows. A refused change changes nothing.</summary>
    public void Send(params RunEvent[] events)
    {
        var before = run.State;
        var wasUnderWay = run.UnderWay.ToHashSet();
        var heard = run.History.Count;
        run.Send(events);
        foreach (var happened in events)
        {
            Note(happened, wasUnderWay);
        }

        if (run.Plan.Refusal is not null)
        {
            Assert.Empty(run.Plan.Effects);
            Assert.Equal(before.ToBytes(), run.State.ToBytes());
            return;
        }

        if (!events.Any(happened => happened is RunEvent.Retry or RunEvent.Skip))
        {
            CheckThatFailureStops(before);
        }

        foreach (var effect in run.Plan.Effects)
        {
            Check(effect);
        }

        Assert.True(run.History.Count >= heard);
        CheckBounds();
        CheckThatItGoesOn();
    }

    /// <summary>A run that is about to fail begins nothing more, nor does a step one of whose items has failed.</summary>
    private void CheckThatFailureStops(RunState before)
    {
        var stopped = before.Steps.Where(step => before.Error is not null || step.Error is not null).Select(step => step.Id).ToHashSet();
        Assert.DoesNotContain(run.Plan.Effects, effect => effect is RunEffect.Start { Key.IsCompensation: false } start && stopped.Contains(start.Key.Step));
    }

    private void Note(RunEvent happened, HashSet<WorkKey> wasUnderWay)
    {
        switch (happened)
        {
            case RunEvent.WorkEnded(var key, var outcome) when wasUnderWay.Remove(key):
                (outcome.Error is null ? _succeeded : _failed).Add(key);
                break;
            case RunEvent.WorkDeferred(var key) when wasUnderWay.Remove(key):
                Assert.True(_started.Remove(key));
                break;
        }
    }

    private void Check(RunEffect effect)
    {
        switch (effect)
        {
            case RunEffect.Start(var key, var request):
                Assert.True(_started.Add(key), $"{key} is started twice.");
                Assert.True(request.Action is null != request.Run is null);
                CheckMayBegin(key);
                break;
            case RunEffect.Tell tell:
                Check(tell);
                break;
        }
    }

    private void CheckMayBegin(WorkKey key)
    {
        Assert.True(_isOpen, $"{key} is started in a run that is not.");
        if (key.IsCompensation)
        {
            // Undone in the reverse order of completion, one at a time, with nothing else under way.
            Assert.True(run.State.IsCompensating);
            Assert.Equal([key], run.UnderWay);
            Assert.Equal(key.Step, _order.FindLast(step => _steps[step].Compensation is not null && !IsUndone(step, key)));
            return;
        }

        Assert.All(_steps[key.Step].Needs, need => Assert.True(
            run.Step(need) is { Status: StepStatus.Completed or StepStatus.Skipped }
                || (run.Step(need).Status == StepStatus.Failed && _steps[need].ContinueOnFailure),
            $"{key} is started, and {need} is {run.Step(need).Status}."));
    }

    private bool IsUndone(string step, WorkKey now) => step != now.Step && run.Step(step).Compensation is StepStatus.Completed or StepStatus.Failed;

    private void Check(RunEffect.Tell tell)
    {
        switch (tell.Type)
        {
            case RunEventTypes.RunStarted or RunEventTypes.RunResumed:
                Assert.False(_isOpen, "It is started while it is.");
                _isOpen = true;
                break;
            case RunEventTypes.RunCompleted or RunEventTypes.RunFailed or RunEventTypes.RunAborted:
                Assert.True(_isOpen || !run.State.HasBegun, "It ends twice.");
                _isOpen = false;
                break;
            case RunEventTypes.StepCompleted when tell.Item is null:
                _order.Remove(tell.Step!);
                if (tell.Data is null)
                {
                    _order.Add(tell.Step!);
                    CheckWasDone(tell.Step!);
                }

                break;
            case RunEventTypes.StepRetry:
                _order.Remove(tell.Step!);
                break;
        }
    }

    /// <summary>A completed step has work that succeeded for all that it is.</summary>
    private void CheckWasDone(string id)
    {
        var (step, state) = (_steps[id], run.Step(id));
        if (step is { Action: null, Run: null } || state.Status != StepStatus.Completed)
        {
            return;
        }

        if (state.Items is null)
        {
            Assert.Contains(new WorkKey(id, null, state.Round, false), _succeeded);
            return;
        }

        for (var item = 0; item < state.Items.Count; item++)
        {
            bool IsThis(WorkKey key) => key.Step == id && key.Item == item && !key.IsCompensation;
            Assert.True(
                state.Items[item] == StepStatus.Completed ? _succeeded.Any(IsThis) : step.ContinueOnFailure && state.Items[item] == StepStatus.Failed,
                $"{id}[{item}] is {state.Items[item]} in a completed step.");
        }
    }

    private void CheckBounds()
    {
        Assert.InRange(run.UnderWay.Count, 0, run.Context.MaxParallel);
        foreach (var step in definition.Steps)
        {
            var count = run.UnderWay.Count(key => key.Step == step.Id && !key.IsCompensation);
            Assert.InRange(count, 0, step.Foreach is null ? 1 : step.Foreach.MaxParallel ?? int.MaxValue);
        }
    }

    /// <summary>A run that has not ended has something to wait for, and has begun all that it may; one that has ended has nothing left.</summary>
    private void CheckThatItGoesOn()
    {
        var state = run.State;
        Assert.Equal(_isOpen, state is { HasBegun: true, Status: RunStatus.Started });
        if (state.Status != RunStatus.Started)
        {
            Assert.Empty(run.UnderWay);
            Assert.Null(run.Plan.DueAt);
            Assert.Equal(state.Status == RunStatus.Completed, state.Error is null);
            Assert.All(state.Steps, step => Assert.True(step.Status is not (StepStatus.Pending or StepStatus.Running or StepStatus.Waiting)));
            return;
        }

        if (!state.HasBegun)
        {
            return;
        }

        Assert.True(run.UnderWay.Count > 0 || state.HeldUntil is not null || state.Steps.Any(step => step.Status == StepStatus.Waiting), "It hangs.");
        Assert.True(state.HeldUntil is null || run.Plan.DueAt is not null, "It is held, and nobody will look.");
        if (state.Error is null && state.HeldUntil is null && run.UnderWay.Count < run.Context.MaxParallel)
        {
            Assert.DoesNotContain(state.Steps, CouldBegin);
        }
    }

    private bool CouldBegin(StepState step) => step.Status == StepStatus.Pending && _steps[step.Id].Needs.All(need =>
        run.Step(need) is { Status: StepStatus.Completed or StepStatus.Skipped }
            || (run.Step(need).Status == StepStatus.Failed && _steps[need].ContinueOnFailure));
}

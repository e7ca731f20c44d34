namespace Orchestrator.Core.Runs.Planning;

/// <summary>Work that is no longer wanted, which takes its room until it has stopped.</summary>
internal sealed partial class RunProgress
{
    /// <summary>
    /// Gives up all work of a step that is under way; the caller gives the step another state. It takes its room until its end is told.
    /// </summary>
    /// <param name="compensates">Whether sub-runs among it undo what they have completed.</param>
    private void GiveUpWork(int place, bool compensates = false)
    {
        foreach (var key in RunState.FindInFlight(_steps[place]).ToList())
        {
            var isWithdrawn = WithdrawStart(key);
            if (!isWithdrawn)
            {
                _effects.Add(new RunEffect.Cancel(key, compensates));
            }

            if (isWithdrawn || key.IsCompensation)
            {
                _inFlight--;
            }
            else
            {
                _givenUp++;
            }

            if (key.Item is { } item && isWithdrawn)
            {
                ItemsOf(place)[item] = StepStatus.Cancelled;
            }
            else if (key is { Item: null, IsCompensation: false })
            {
                _steps[place] = _steps[place] with { HasGivenUp = !isWithdrawn };
            }
        }
    }

    /// <summary>Work that was given up has ended: there is room for other work.</summary>
    private void EndGivenUp(WorkKey key)
    {
        var place = key.Step is null || key.IsCompensation ? -1 : _graph.Find(key.Step);
        if (place < 0 || _run.Status != RunStatus.Started || _steps[place].Round != key.Round || _steps[place].GivenUp == 0)
        {
            return;
        }

        if (key.Item is { } item)
        {
            if (_steps[place].Items is not { } items || item < 0 || item >= items.Count || items[item] != StepStatus.Running)
            {
                return;
            }

            ItemsOf(place)[item] = StepStatus.Cancelled;
        }
        else if (_steps[place].HasGivenUp)
        {
            _steps[place] = _steps[place] with { HasGivenUp = false };
        }
        else
        {
            return;
        }

        LeaveRoom();
        _inFlight--;
        _givenUp--;
    }

    /// <summary>The run has ended, and nobody waits any more for what it gave up.</summary>
    private void ForgetGivenUp()
    {
        for (var place = 0; _givenUp > 0 && place < _steps.Length; place++)
        {
            if (_steps[place].GivenUp == 0)
            {
                continue;
            }

            if (_steps[place].Items is not null)
            {
                ItemsOf(place).Replace(StepStatus.Running, StepStatus.Cancelled);
            }

            _steps[place] = _steps[place] with { HasGivenUp = false };
        }

        _inFlight -= _givenUp;
        _givenUp = 0;
    }
}

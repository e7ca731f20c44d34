using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Priorities;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Runtime.Submissions;

/// <summary>Tells those who score, start and remind of the tasks that a committed transaction has made.</summary>
public sealed class NewTaskNews(SignalHub hub, ScoringQueue scoring, TimeProvider timeProvider)
{
    /// <summary>What falls due later than this is seen by the reminders' own poll in time.</summary>
    private static readonly TimeSpan SoonDue = TimeSpan.FromSeconds(2);

    /// <summary>Tells of tasks as they were asked for and as they were stored.</summary>
    public void Tell(IReadOnlyCollection<(NewTask Task, CreatedTask Created)> made)
    {
        ArgumentNullException.ThrowIfNull(made);
        var soon = timeProvider.GetUtcNow() + SoonDue;
        var (ready, blocked, skills, due) = (false, false, false, false);
        foreach (var (task, created) in made)
        {
            ready |= created.State == TaskState.Queued;
            blocked |= created.State == TaskState.Blocked;
            skills |= task.Skills.Count > 0;
            due |= task.RunAt <= soon || task.DeadlineAt <= soon;
        }

        hub.SignalMade(made.Select(static one => one.Created.Id));
        scoring.Offer(made.Select(static one => one.Created.Id));
        if (skills)
        {
            hub.SignalSkillsNeeded();
        }

        if (ready)
        {
            hub.SignalReady();
        }

        if (blocked)
        {
            hub.SignalBlockingChangedHere();
        }

        if (due)
        {
            hub.SignalDue();
        }
    }
}

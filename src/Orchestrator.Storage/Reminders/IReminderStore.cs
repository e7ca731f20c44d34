namespace Orchestrator.Storage.Reminders;

/// <summary>Due times that rows carry. Whoever finds one fires it; firing twice changes nothing.</summary>
public interface IReminderStore
{
    /// <summary>Moves scheduled tasks whose time has come to the ready set; answers which.</summary>
    Task<IReadOnlyList<Guid>> FireDueAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Fails tasks whose deadline has passed; answers which.</summary>
    Task<IReadOnlyList<Guid>> FailOverdueAsync(int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Carries on what the end of a task entails for others: dependants become ready or are cancelled, a parent that waits for the
    /// last of its children becomes ready, and the children of a task that was cancelled or missed its deadline are cancelled. Answers the tasks that changed; empty once there is nothing left.
    /// </summary>
    Task<IReadOnlyList<Guid>> ResolveEndedAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Resumes workspaces whose pause has run out; answers how many.</summary>
    Task<int> ResumePausedAsync(CancellationToken cancellationToken);

    /// <summary>Time until the next of these is due by the store's clock; null when none is.</summary>
    Task<TimeSpan?> FindNextDueAsync(CancellationToken cancellationToken);
}

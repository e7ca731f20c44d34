using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Runs;

/// <summary>Runs. Their steps also advance in <c>ILeaseStore.SettleAsync</c>, in the transaction that ends a task of theirs.</summary>
public interface IRunStore
{
    /// <summary>Gets what each transaction did to runs once it is committed. Set once, before anything runs.</summary>
    Action<IReadOnlyList<RunNotice>>? Notices { get; set; }

    /// <summary>Checks the inputs of sub-runs before they start; those of other runs are checked already. Set once, before anything runs.</summary>
    InputCheck? InputCheck { get; set; }

    /// <summary>Finds what tasks of an action have where their step does not say it. Set once, before anything runs.</summary>
    Func<string, TaskDefaults>? FindTaskDefaults { get; set; }

    Task<IReadOnlyList<StartRunResult>> StartAsync(IReadOnlyList<NewRun> runs, CancellationToken cancellationToken);

    Task<RunRecord?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Runs, newest first; null when there is no such workspace.</summary>
    Task<IReadOnlyList<RunRecord>?> ListAsync(RunQuery query, CancellationToken cancellationToken);

    /// <summary>Those of these runs that have ended, or are gone.</summary>
    Task<IReadOnlyList<Guid>> FindEndedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>The output that is kept under a name, or null.</summary>
    Task<ReadOnlyMemory<byte>?> FindOutputAsync(Guid id, string name, CancellationToken cancellationToken);

    /// <summary>The outputs that are kept of a step and of its items, by their names; null when they have more bytes than that together.</summary>
    Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>?> ListOutputsAsync(Guid id, string step, long maxBytes, CancellationToken cancellationToken);

    /// <summary>Why an item of a step failed last, as its history tells; null where it never did.</summary>
    Task<TaskError?> FindItemErrorAsync(Guid id, string step, int item, CancellationToken cancellationToken);

    /// <summary>All tasks and sub-runs of a run, in the order of their start.</summary>
    Task<IReadOnlyList<RunStepRecord>> ListWorkAsync(Guid id, CancellationToken cancellationToken);

    Task<IReadOnlyList<RunEventRecord>> ListEventsAsync(Guid id, int after, int limit, CancellationToken cancellationToken);

    /// <summary>Gives a run what a person wants of it: a decision, a retry, a skip, an abort.</summary>
    Task<RunChangeResult> ChangeAsync(Guid id, RunEvent change, CancellationToken cancellationToken);

    /// <summary>Looks at runs that are due, and cancels work that is no longer wanted; answers how many.</summary>
    Task<int> LookAsync(int limit, CancellationToken cancellationToken);

    /// <summary>How long until the next run is due; null where none is.</summary>
    Task<TimeSpan?> FindNextDueAsync(CancellationToken cancellationToken);
}

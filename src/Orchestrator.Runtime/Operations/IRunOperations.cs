using Orchestrator.Core.Runs.Planning;
using Orchestrator.Runtime.Runs;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Runtime.Operations;

/// <summary>What callers do to runs; each tells the cluster what it changed.</summary>
public interface IRunOperations
{
    /// <summary>Starts a run of a published definition.</summary>
    Task<StartOutcome> StartAsync(RunRequest request, CancellationToken cancellationToken);

    /// <summary>What of the input does not follow the definition; nothing where that is not published, or cannot be checked now.</summary>
    Task<IReadOnlyList<InputMistake>> FindMistakesAsync(RunRequest request, CancellationToken cancellationToken);

    /// <summary>Starts a run that repeats another one from a step on.</summary>
    Task<StartRunResult> ReplayAsync(RunRecord run, string fromStep, IdempotencyKey? idempotency, CancellationToken cancellationToken);

    /// <summary>Gives a run a decision, a retry, a skip or an abort.</summary>
    Task<RunChangeResult> ChangeAsync(Guid runId, RunEvent change, CancellationToken cancellationToken);
}

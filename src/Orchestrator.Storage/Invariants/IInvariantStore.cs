namespace Orchestrator.Storage.Invariants;

public interface IInvariantStore
{
    /// <summary>What is checked.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Runs every invariant's query on the system as it is; answers the violations, none on a sound system.</summary>
    Task<IReadOnlyList<InvariantViolation>> CheckAsync(CancellationToken cancellationToken);
}

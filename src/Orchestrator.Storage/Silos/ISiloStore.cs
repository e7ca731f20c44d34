namespace Orchestrator.Storage.Silos;

public interface ISiloStore
{
    /// <summary>Writes the silo's report, the first or a later one; answers whether somebody asked it to drain.</summary>
    Task<bool> ReportAsync(SiloRecord silo, CancellationToken cancellationToken);

    /// <summary>All silos that reported within <paramref name="silence"/>.</summary>
    Task<IReadOnlyList<SiloRecord>> ListAsync(TimeSpan silence, CancellationToken cancellationToken);

    /// <summary>The lanes of these actions that name skills and may have ready tasks, in workspaces that are neither paused nor at a limit; of more than <paramref name="limit"/>, some by chance.</summary>
    Task<IReadOnlyList<string>> FindReadyLanesAsync(IReadOnlyCollection<string> actions, int limit, CancellationToken cancellationToken);

    /// <summary>Asks a silo to drain at its next report; answers whether it exists.</summary>
    Task<bool> RequestDrainAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Removes a silo that has stopped.</summary>
    Task RemoveAsync(Guid id, CancellationToken cancellationToken);
}

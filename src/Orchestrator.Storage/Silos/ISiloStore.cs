namespace Orchestrator.Storage.Silos;

public interface ISiloStore
{
    /// <summary>Writes the silo's report, the first or a later one; answers whether somebody asked it to drain.</summary>
    Task<bool> ReportAsync(SiloRecord silo, CancellationToken cancellationToken);

    /// <summary>All silos that reported within <paramref name="silence"/>.</summary>
    Task<IReadOnlyList<SiloRecord>> ListAsync(TimeSpan silence, CancellationToken cancellationToken);

    /// <summary>
    /// The lanes that name nothing but these skills and may have ready tasks, in workspaces that are neither paused nor at a limit; of more
    /// than <paramref name="limit"/>, some by chance.
    /// </summary>
    /// <param name="skills">Each as the lane of its action and that skill alone: <c>summarize.text+law</c>.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<string>> FindReadyLanesAsync(IReadOnlyCollection<string> skills, int limit, CancellationToken cancellationToken);

    /// <summary>Asks a silo to drain at its next report; answers whether it exists.</summary>
    Task<bool> RequestDrainAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Removes a silo that has stopped.</summary>
    Task RemoveAsync(Guid id, CancellationToken cancellationToken);
}

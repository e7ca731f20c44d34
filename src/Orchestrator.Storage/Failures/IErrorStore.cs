namespace Orchestrator.Storage.Failures;

/// <summary>Failures that are the same, added up.</summary>
public interface IErrorStore
{
    /// <summary>
    /// Adds what was gathered to the groups. A workspace has at most <see cref="ErrorGroup.MaxPerWorkspace"/> of them, about; what
    /// would be more is added to the group of all others.
    /// </summary>
    Task WriteAsync(IReadOnlyList<ErrorGroup> gathered, CancellationToken cancellationToken);

    Task<IReadOnlyList<ErrorRecord>> ListAsync(ErrorQuery query, CancellationToken cancellationToken);
}

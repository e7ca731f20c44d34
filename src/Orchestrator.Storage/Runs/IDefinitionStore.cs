using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Storage.Runs;

/// <summary>Published definitions; they never change.</summary>
public interface IDefinitionStore
{
    Task<PublishResult> PublishAsync(
        DefinitionName name, string? description, ReadOnlyMemory<byte> document, string source, string format, CancellationToken cancellationToken);

    /// <summary>A version, or the one published last.</summary>
    Task<DefinitionRecord?> FindAsync(string owner, string name, string? version, CancellationToken cancellationToken);

    /// <summary>Which of these are published.</summary>
    Task<IReadOnlyList<DefinitionName>> FindExistingAsync(IReadOnlyCollection<DefinitionName> names, CancellationToken cancellationToken);

    /// <summary>Ordered by owner, name and time of publication; without documents.</summary>
    /// <param name="after">The key of the last one of the page before; null for the first page.</param>
    Task<IReadOnlyList<DefinitionRecord>> ListAsync(string? owner, string? name, long? after, int limit, CancellationToken cancellationToken);
}

using Orchestrator.Runtime.Runs;

namespace Orchestrator.Runtime.Operations;

/// <summary>What callers do to definitions of runs.</summary>
public interface IDefinitionOperations
{
    /// <summary>Reads a document, checks it as a whole, and publishes it; what is published under its name already is left as it is.</summary>
    Task<PublishOutcome> PublishAsync(DefinitionText text, CancellationToken cancellationToken);

    /// <summary>The same without publishing it.</summary>
    Task<PublishOutcome> CheckAsync(DefinitionText text, CancellationToken cancellationToken);
}

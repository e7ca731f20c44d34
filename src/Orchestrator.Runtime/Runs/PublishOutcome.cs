using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Runtime.Runs;

/// <summary>What publishing a definition, or checking it, came to; exactly one of the nested records.</summary>
public abstract record PublishOutcome
{
    private PublishOutcome()
    {
    }

    public sealed record Published(DefinitionRecord Definition) : PublishOutcome;

    /// <summary>The same document is published under this name already.</summary>
    public sealed record Unchanged(DefinitionRecord Definition) : PublishOutcome;

    /// <summary>It could be published.</summary>
    /// <param name="Document">It as JSON in UTF-8.</param>
    public sealed record Checked(RunDefinition Definition, ReadOnlyMemory<byte> Document) : PublishOutcome;

    /// <summary>Everything that is wrong with it.</summary>
    public sealed record Invalid(IReadOnlyList<DefinitionProblem> Problems) : PublishOutcome;

    /// <summary>Another document is published under this name.</summary>
    public sealed record Differs(DefinitionName Name) : PublishOutcome;

    /// <summary>There are as many definitions as there may be.</summary>
    public sealed record TooMany : PublishOutcome;
}

namespace Orchestrator.Storage.Runs;

/// <summary>What publishing came to.</summary>
public abstract record PublishResult
{
    public sealed record Published(DefinitionRecord Definition) : PublishResult;

    /// <summary>The same document is published under this name already.</summary>
    public sealed record Unchanged(DefinitionRecord Definition) : PublishResult;

    /// <summary>Another document is published under this name.</summary>
    public sealed record Differs : PublishResult;

    public sealed record TooMany : PublishResult;
}

using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Runtime.Runs;

/// <summary>What a request for a run came to; exactly one of the nested records.</summary>
public abstract record StartOutcome
{
    private StartOutcome()
    {
    }

    /// <summary>What the store answered.</summary>
    public sealed record Answered(StartRunResult Result, DefinitionName Definition) : StartOutcome;

    public sealed record DefinitionNotFound : StartOutcome;

    /// <summary>The input does not follow the definition's schema.</summary>
    public sealed record InvalidInput(IReadOnlyList<InputMistake> Mistakes) : StartOutcome;

    /// <summary>So many inputs are checked at the same time that this one was not come to.</summary>
    public sealed record Overloaded : StartOutcome;
}

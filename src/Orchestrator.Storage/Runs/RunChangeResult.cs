using Orchestrator.Core.Runs.Planning;

namespace Orchestrator.Storage.Runs;

/// <summary>What a person's change of a run came to.</summary>
public abstract record RunChangeResult
{
    public sealed record Changed(RunRecord Run) : RunChangeResult;

    public sealed record NotFound : RunChangeResult;

    public sealed record Refused(RunRefusal Reason) : RunChangeResult;
}

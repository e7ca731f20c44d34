namespace Orchestrator.Core.Tasks;

/// <summary>What becomes of a task when one that it depends on fails or is cancelled.</summary>
public enum DependencyFailureAction
{
    /// <summary>It is cancelled with <see cref="ErrorCodes.DependencyFailed"/>.</summary>
    Cancel,

    /// <summary>It runs all the same.</summary>
    Run,
}

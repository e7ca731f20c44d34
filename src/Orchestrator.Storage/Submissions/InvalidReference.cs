namespace Orchestrator.Storage.Submissions;

/// <summary>One reference of a submission that cannot be used.</summary>
/// <param name="TaskIndex">Which task of the submission.</param>
/// <param name="DependencyIndex">Which entry of its <c>dependsOn</c>, or null when the parent is meant.</param>
public sealed record InvalidReference(int TaskIndex, int? DependencyIndex, ReferenceProblem Problem)
{
    /// <summary>The greatest depth that the workspace allows; with <see cref="ReferenceProblem.TooDeep"/>.</summary>
    public int? Limit { get; init; }
}

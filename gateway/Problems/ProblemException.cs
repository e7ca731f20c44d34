namespace Orchestrator.Gateway.Problems;

/// <summary>Ends a request with a problem, from wherever it was found.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail ?? problem.Type.Title)
{
    public Problem Problem { get; } = problem;
}

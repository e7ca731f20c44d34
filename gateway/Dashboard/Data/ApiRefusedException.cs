using Orchestrator.Contracts;

namespace Orchestrator.Gateway.Dashboard.Data;

/// <summary>The API did not give a page what it needs.</summary>
internal sealed class ApiRefusedException(int status, ProblemResponse problem) : Exception(problem.Detail ?? problem.Title)
{
    public int Status => status;

    public ProblemResponse Problem => problem;
}

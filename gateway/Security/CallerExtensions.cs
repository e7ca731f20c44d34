using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Security;

internal static class CallerExtensions
{
    public static CallerContext Caller(this HttpContext http) =>
        http.Features.Get<CallerContext>() ?? throw new InvalidOperationException("The endpoint does not resolve its caller.");

    public static void RequireWorkspace(this CallerContext caller, string workspace)
    {
        if (!caller.Sees(workspace))
        {
            throw new ProblemException(new Problem(ProblemTypes.WorkspaceNotFound, $"There is no workspace '{workspace}'."));
        }
    }
}

using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Gateway.Api;

/// <summary>Finds runs for a caller; one of a workspace that the caller may not see is not found.</summary>
internal sealed class VisibleRuns(IRunStore runs)
{
    public async Task<RunRecord?> FindAsync(CallerContext caller, Guid id, CancellationToken cancellationToken) =>
        await runs.FindAsync(id, cancellationToken) is { } run && caller.Sees(run.Workspace) ? run : null;

    public async Task<RunRecord> GetAsync(CallerContext caller, Guid id, CancellationToken cancellationToken) =>
        await FindAsync(caller, id, cancellationToken) ?? throw NotFound(id);

    /// <summary>Refuses a run that the caller may not see; costs a read only for callers that do not see everything.</summary>
    public async Task RequireAsync(CallerContext caller, Guid id, CancellationToken cancellationToken)
    {
        if (!caller.SeesAll)
        {
            await GetAsync(caller, id, cancellationToken);
        }
    }

    public static ProblemException NotFound(Guid id) =>
        new(new Problem(ProblemTypes.RunNotFound, $"There is no run {id}; it never was, or its retention has passed."));
}

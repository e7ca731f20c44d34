using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Api;

/// <summary>Finds tasks for a caller; one of a workspace that the caller may not see is not found.</summary>
internal sealed class VisibleTasks(ITaskReader tasks)
{
    public async Task<TaskRecord?> FindAsync(CallerContext caller, Guid id, CancellationToken cancellationToken) =>
        await tasks.FindAsync(id, cancellationToken) is { } task && caller.Sees(task.Workspace) ? task : null;

    public async Task<TaskRecord> GetAsync(CallerContext caller, Guid id, CancellationToken cancellationToken) =>
        await FindAsync(caller, id, cancellationToken) ?? throw NotFound(id);

    /// <summary>Refuses a task that the caller may not see; costs a read only for callers that do not see everything.</summary>
    public async Task RequireAsync(CallerContext caller, Guid id, CancellationToken cancellationToken)
    {
        if (!caller.SeesAll)
        {
            await GetAsync(caller, id, cancellationToken);
        }
    }

    public static ProblemException NotFound(Guid id) =>
        new(new Problem(ProblemTypes.TaskNotFound, $"There is no task {id}; it never was, or its retention has passed."));
}

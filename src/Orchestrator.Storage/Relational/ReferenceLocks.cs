using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>The tasks that submissions refer to as parents or dependencies, or whose workers delegate them, locked in one order and looked up once.</summary>
internal sealed class ReferenceLocks
{
    private readonly Dictionary<Guid, Reference> _found = [];

    private readonly record struct Reference(long WorkspaceKey, TaskState? EndedAs, int DelegationDepth);

    public static async Task<ReferenceLocks> TakeAsync(Session session, IEnumerable<Submission> submissions)
    {
        var locks = new ReferenceLocks();
        var ids = submissions.SelectMany(ReferencesOutside).Distinct().ToArray();
        if (ids.Length > 0)
        {
            await locks.LookUpAsync(session, ids).ConfigureAwait(false);
        }

        return locks;
    }

    /// <summary>What is wrong with the references of a submission.</summary>
    /// <param name="maxDepth">How deep tasks of the workspace may create tasks.</param>
    public IReadOnlyList<InvalidReference> Check(Submission submission, long workspaceKey, int maxDepth)
    {
        var own = submission.Tasks.Select(task => task.Id).ToHashSet();
        var problems = new List<InvalidReference>();
        for (var index = 0; index < submission.Tasks.Count; index++)
        {
            var task = submission.Tasks[index];
            if (task.ParentId is { } parentId && CheckParent(parentId, workspaceKey, maxDepth) is { } problem)
            {
                problems.Add(new InvalidReference(index, null, problem) { Limit = problem == ReferenceProblem.TooDeep ? maxDepth : null });
            }

            for (var dependency = 0; dependency < task.DependsOn.Count; dependency++)
            {
                var id = task.DependsOn[dependency];
                if (!own.Contains(id) && !(_found.TryGetValue(id, out var found) && found.WorkspaceKey == workspaceKey))
                {
                    problems.Add(new InvalidReference(index, dependency, ReferenceProblem.NotFound));
                }
            }
        }

        return problems;
    }

    public int DepthBelow(Guid? parentId) => parentId is { } id ? _found[id].DelegationDepth + 1 : 0;

    /// <summary>How a task outside the submission ended; null while it is live.</summary>
    public TaskState? EndOf(Guid id) => _found[id].EndedAs;

    private static IEnumerable<Guid> ReferencesOutside(Submission submission)
    {
        var own = submission.Tasks.Select(task => task.Id).ToHashSet();
        return submission.Tasks
            .SelectMany(task => task.ParentId is { } parentId ? task.DependsOn.Append(parentId) : task.DependsOn)
            .Where(id => !own.Contains(id))
            .Concat(submission.DelegatedBy is { } attempt ? [attempt.Lease.TaskId] : []);
    }

    private ReferenceProblem? CheckParent(Guid id, long workspaceKey, int maxDepth)
    {
        if (!_found.TryGetValue(id, out var parent) || parent.WorkspaceKey != workspaceKey)
        {
            return ReferenceProblem.NotFound;
        }

        if (parent.EndedAs is not null)
        {
            return ReferenceProblem.ParentEnded;
        }

        return parent.DelegationDepth >= maxDepth ? ReferenceProblem.TooDeep : null;
    }

    private async Task LookUpAsync(Session session, Guid[] ids)
    {
        await AddAsync(session, "lock_references", ids).ConfigureAwait(false);

        // Not live: a statement of its own sees the end that the lock may have waited for. Held, so that it is not purged
        // before its new dependant is written.
        var rest = ids.Where(id => !_found.ContainsKey(id)).ToArray();
        if (rest.Length > 0)
        {
            await AddAsync(session, "lock_finished_references", rest).ConfigureAwait(false);
        }
    }

    private async Task AddAsync(Session session, string query, Guid[] ids)
    {
        foreach (var (id, reference) in await session.QueryAsync(query, Read, Parameter.IdList("@ids", ids)).ConfigureAwait(false))
        {
            _found.Add(id, reference);
        }
    }

    private static (Guid Id, Reference Reference) Read(Row row) => (
        row.Id("id"),
        new Reference(
            row.BigInteger("workspace_key"),
            row.TextOrNull("ended_as") is { } state ? TaskStateNames.Parse(state) : null,
            row.Integer("delegation_depth")));
}

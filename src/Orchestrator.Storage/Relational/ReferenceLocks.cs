using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>The tasks that submissions refer to as parents or dependencies, locked in one order and looked up once.</summary>
internal sealed class ReferenceLocks
{
    private readonly Dictionary<Guid, Reference> _found = [];

    private readonly record struct Reference(long WorkspaceKey, TaskState? EndedAs, int DelegationDepth);

    public static async Task<ReferenceLocks> TakeAsync(Session session, IEnumerable<Submission> submissions)
    {
        var locks = new ReferenceLocks();
        foreach (var id in submissions.SelectMany(ReferencesOutside).Distinct().Order())
        {
            await locks.LookUpAsync(session, id).ConfigureAwait(false);
        }

        return locks;
    }

    /// <summary>What is wrong with the references of a submission.</summary>
    public IReadOnlyList<InvalidReference> Check(Submission submission, long workspaceKey)
    {
        var own = submission.Tasks.Select(task => task.Id).ToHashSet();
        var problems = new List<InvalidReference>();
        for (var index = 0; index < submission.Tasks.Count; index++)
        {
            var task = submission.Tasks[index];
            if (task.ParentId is { } parentId && CheckParent(parentId, workspaceKey) is { } problem)
            {
                problems.Add(new InvalidReference(index, null, problem));
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
            .Where(id => !own.Contains(id));
    }

    private ReferenceProblem? CheckParent(Guid id, long workspaceKey)
    {
        if (!_found.TryGetValue(id, out var parent) || parent.WorkspaceKey != workspaceKey)
        {
            return ReferenceProblem.NotFound;
        }

        if (parent.EndedAs is not null)
        {
            return ReferenceProblem.ParentEnded;
        }

        return parent.DelegationDepth >= TaskLimits.MaxDelegationDepth ? ReferenceProblem.TooDeep : null;
    }

    private async Task LookUpAsync(Session session, Guid id)
    {
        var idParameter = Parameter.Id("@id", id);
        var found = await session.FindAsync<Reference?>(
            "lock_reference",
            static row => new Reference(row.BigInteger("workspace_key"), null, row.Integer("delegation_depth")),
            idParameter).ConfigureAwait(false);

        // Not live: a statement of its own sees the end that the lock may have waited for.
        found ??= await session.FindAsync<Reference?>(
            "find_finished_reference",
            static row => new Reference(row.BigInteger("workspace_key"), TaskStateNames.Parse(row.Text("status")), 0),
            idParameter).ConfigureAwait(false);

        if (found is { } reference)
        {
            _found.Add(id, reference);
        }
    }
}

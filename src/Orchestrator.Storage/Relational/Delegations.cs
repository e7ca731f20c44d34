using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// What is special about submissions of workers: they count only under the lease of their attempt, and a child whose key is there
/// already is not made again. Read once the parents are locked, so that nobody makes the same child meanwhile.
/// </summary>
internal sealed class Delegations
{
    private readonly HashSet<LeaseId> _held = [];
    private readonly Dictionary<(Guid Parent, string Key), Child> _children = [];

    private sealed record Child(CreatedTask Task, string Action, ReadOnlyMemory<byte> Input);

    /// <summary>Without a delegation this asks nothing.</summary>
    public static async Task<Delegations> ReadAsync(Session session, IReadOnlyList<Submission> submissions)
    {
        var delegations = new Delegations();
        var delegated = submissions.Where(static submission => submission.DelegatedBy is not null).ToList();
        if (delegated.Count > 0)
        {
            await delegations.ReadLeasesAsync(session, delegated).ConfigureAwait(false);
            await delegations.ReadChildrenAsync(session, delegated).ConfigureAwait(false);
        }

        return delegations;
    }

    /// <summary>The answer to a delegation that stores no task; null when it has new ones, and for every other submission.</summary>
    public SubmissionResult? Answer(Submission submission)
    {
        if (submission.DelegatedBy is not { } attempt)
        {
            return null;
        }

        if (!_held.Contains(attempt.Lease))
        {
            return new SubmissionResult.LeaseLost();
        }

        var seen = new Dictionary<string, NewTask>(StringComparer.Ordinal);
        foreach (var task in submission.Tasks)
        {
            var known = Find(task);
            var conflicts = known is not null
                ? !IsSame(task, known.Action, known.Input)
                : !seen.TryAdd(task.DelegationKey!, task) && !IsSame(task, seen[task.DelegationKey!].Action, seen[task.DelegationKey!].Input);
            if (conflicts)
            {
                return new SubmissionResult.DelegationConflict(task.DelegationKey!);
            }
        }

        return seen.Count > 0 ? null : new SubmissionResult.Accepted([.. submission.Tasks.Select(task => Find(task)!.Task)]);
    }

    /// <summary>The tasks that are to be stored: all that are not there already.</summary>
    public IReadOnlyList<NewTask> FindNew(Submission submission) => submission.DelegatedBy is null
        ? submission.Tasks
        : [.. submission.Tasks.Where(task => Find(task) is null).DistinctBy(static task => task.DelegationKey)];

    /// <summary>The answer to a submission of which these are the new tasks.</summary>
    public SubmissionResult Accept(Submission submission, IReadOnlyList<TaskRow> rows)
    {
        var created = rows.Select(static row => new CreatedTask(row.Task.Id, row.State, row.CreatedAt, row.DelegationDepth)).ToList();
        if (submission.DelegatedBy is null)
        {
            return new SubmissionResult.Accepted(created);
        }

        for (var i = 0; i < rows.Count; i++)
        {
            _children.Add(KeyOf(rows[i].Task), new Child(created[i], rows[i].Task.Action, rows[i].Task.Input));
        }

        return new SubmissionResult.Accepted([.. submission.Tasks.Select(task => Find(task)!.Task)]);
    }

    /// <summary>Writes what the workers noted together with their children.</summary>
    public static async Task WriteAsync(Session session, IReadOnlyList<Submission> submissions, SubmissionResult?[] results)
    {
        for (var i = 0; i < results.Length; i++)
        {
            if (submissions[i].DelegatedBy is { Checkpoint: { } checkpoint } attempt && results[i] is SubmissionResult.Accepted)
            {
                await session.ExecuteAsync(
                    "write_checkpoint", Parameter.Bytes("@checkpoint", checkpoint), Parameter.Id("@id", attempt.Lease.TaskId)).ConfigureAwait(false);
            }
        }
    }

    private static bool IsSame(NewTask task, string action, ReadOnlyMemory<byte> input) =>
        task.Action == action && task.Input.Span.SequenceEqual(input.Span);

    private static (Guid Parent, string Key) KeyOf(NewTask task) => (task.ParentId!.Value, task.DelegationKey!);

    private Child? Find(NewTask task) => _children.GetValueOrDefault(KeyOf(task));

    private async Task ReadLeasesAsync(Session session, List<Submission> delegated) =>
        _held.UnionWith(await session.QueryAsync(
            "find_held_leases",
            static row => new LeaseId(row.Id("id"), row.Id("lease_token")),
            Parameter.IdList("@ids", [.. delegated.Select(static submission => submission.DelegatedBy!.Lease.TaskId).Distinct()])).ConfigureAwait(false));

    private async Task ReadChildrenAsync(Session session, List<Submission> delegated)
    {
        var found = await session.QueryAsync(
            "find_delegated",
            static row => (
                Key: (row.Id("parent_id"), row.Text("delegation_key")),
                Child: new Child(
                    new CreatedTask(row.Id("id"), TaskStateNames.Parse(row.Text("status")), row.Time("created_at"), row.Integer("delegation_depth")) { Existed = true },
                    row.Text("action"),
                    row.Bytes("input"))),
            Parameter.IdList("@parents", [.. delegated.Select(static submission => submission.DelegatedBy!.Lease.TaskId).Distinct()]),
            Parameter.TextList("@delegation_keys", [.. delegated.SelectMany(static submission => submission.Tasks).Select(static task => task.DelegationKey!).Distinct()])).ConfigureAwait(false);
        found.ForEach(row => _children.Add(row.Key, row.Child));
    }
}

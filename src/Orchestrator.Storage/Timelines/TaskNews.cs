using System.Runtime.InteropServices;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Timelines;

/// <summary>What a transaction did to tasks, beyond settling attempts.</summary>
public sealed class TaskNews
{
    private readonly Dictionary<(long WorkspaceKey, string Action), int> _submitted = [];
    private readonly List<EndedTask> _ended = [];
    private readonly List<(long WorkspaceKey, string Action, TaskUsage Usage)> _used = [];

    /// <summary>How many tasks were stored, by workspace and action.</summary>
    public IReadOnlyDictionary<(long WorkspaceKey, string Action), int> Submitted => _submitted;

    /// <summary>The tasks that no attempt ended.</summary>
    public IReadOnlyList<EndedTask> Ended => _ended;

    /// <summary>What running attempts have used up to a checkpoint.</summary>
    public IReadOnlyList<(long WorkspaceKey, string Action, TaskUsage Usage)> Used => _used;

    internal void AddUsed(long workspaceKey, string action, TaskUsage usage) => _used.Add((workspaceKey, action, usage));

    internal void AddSubmitted(long workspaceKey, string action) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_submitted, (workspaceKey, action), out _)++;

    internal void AddEnded(IEnumerable<EndedTask> tasks) => _ended.AddRange(tasks);
}

using Orchestrator.Core.Failures;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Failures;

namespace Orchestrator.Runtime.Timelines;

/// <summary>Adds up failures that are the same, until they are written.</summary>
internal sealed class ErrorGatherer
{
    /// <summary>How many groups are kept apart between two writes; what is more is added to those of all others.</summary>
    private const int MaxGroups = 1_000;

    private readonly Lock _lock = new();
    private Dictionary<(long WorkspaceKey, string Fingerprint), ErrorGroup> _groups = [];

    /// <summary>A task failed for good, or was cancelled because it could not run.</summary>
    public void OnFailed(long workspaceKey, string action, TaskError error, Guid taskId, DateTimeOffset now) =>
        Add(GroupOf(workspaceKey, action, error, taskId, now) with { Failed = 1 });

    /// <summary>An attempt failed and is repeated.</summary>
    public void OnRetried(long workspaceKey, string action, TaskError error, Guid taskId, DateTimeOffset now) =>
        Add(GroupOf(workspaceKey, action, error, taskId, now) with { Retried = 1 });

    /// <summary>What was gathered since the last time.</summary>
    public IReadOnlyList<ErrorGroup> Take()
    {
        lock (_lock)
        {
            var taken = _groups;
            _groups = [];
            return [.. taken.Values];
        }
    }

    /// <summary>Gives back what could not be written, or adds one more.</summary>
    public void Add(params IEnumerable<ErrorGroup> groups)
    {
        lock (_lock)
        {
            foreach (var group in groups)
            {
                AddNeedsLock(group);
            }
        }
    }

    private static ErrorGroup GroupOf(long workspaceKey, string action, TaskError error, Guid taskId, DateTimeOffset now) =>
        new(workspaceKey, ErrorFingerprint.Of(workspaceKey, action, error.Code, ErrorPattern.Of(error.Message)), action, error.Code, ErrorPattern.SampleOf(error.Message))
        {
            Failed = 0,
            Retried = 0,
            FirstAt = now,
            LastAt = now,
            LastTaskId = taskId,
        };

    private void AddNeedsLock(ErrorGroup group)
    {
        var key = (group.WorkspaceKey, group.Fingerprint);
        if (!_groups.ContainsKey(key) && _groups.Count >= MaxGroups)
        {
            group = group.AsOther();
            key = (group.WorkspaceKey, group.Fingerprint);
            if (!_groups.ContainsKey(key) && _groups.Count >= 2 * MaxGroups)
            {
                return;
            }
        }

        _groups[key] = _groups.TryGetValue(key, out var known) ? known.Plus(group) : group;
    }
}

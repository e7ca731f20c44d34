using System.Collections;
using System.Globalization;

namespace Orchestrator.Runtime.Execution;

/// <summary>What every line that is logged during an attempt tells of it, where scopes are written.</summary>
internal sealed class AttemptScope(OpenAttempt attempt) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 4;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("TaskId", attempt.Lease.TaskId),
        1 => new("Workspace", attempt.Task.Workspace),
        2 => new("Action", attempt.Task.Action),
        3 => new("Attempt", attempt.Task.Attempt),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"TaskId:{attempt.Lease.TaskId} Workspace:{attempt.Task.Workspace} Action:{attempt.Task.Action} Attempt:{attempt.Task.Attempt}");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

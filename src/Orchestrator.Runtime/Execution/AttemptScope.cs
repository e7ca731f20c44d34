using System.Collections;
using System.Globalization;

namespace Orchestrator.Runtime.Execution;

/// <summary>What every line that is logged during an attempt tells of it, where scopes are written.</summary>
internal sealed class AttemptScope(Guid taskId, string workspace, string action, int attempt) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public Guid TaskId => taskId;

    public string Workspace => workspace;

    public string Action => action;

    public int Attempt => attempt;

    public int Count => 4;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new(nameof(TaskId), taskId),
        1 => new(nameof(Workspace), workspace),
        2 => new(nameof(Action), action),
        3 => new(nameof(Attempt), attempt),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"TaskId:{taskId} Workspace:{workspace} Action:{action} Attempt:{attempt}");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

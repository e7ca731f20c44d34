using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Submissions;

/// <summary>What the tasks of an action have where they do not say it themselves.</summary>
public sealed record TaskDefaults
{
    /// <summary>Those of an action for which nothing is configured.</summary>
    public static TaskDefaults Unconfigured { get; } = new();

    /// <summary>Time limit of one attempt, in milliseconds.</summary>
    public int TimeoutMs { get; init; } = TaskLimits.DefaultTimeoutMs;

    /// <summary>What every task needs, by resource.</summary>
    public IReadOnlyDictionary<string, int> Resources { get; init; } = new Dictionary<string, int>();

    /// <summary>What a task needs that names these: where it names a resource, its own amount holds.</summary>
    public IReadOnlyDictionary<string, int> NeedsBeside(IReadOnlyDictionary<string, int> named)
    {
        ArgumentNullException.ThrowIfNull(named);
        if (Resources.Count == 0)
        {
            return named;
        }

        var needs = new Dictionary<string, int>(named, StringComparer.Ordinal);
        foreach (var (name, amount) in Resources)
        {
            needs.TryAdd(name, amount);
        }

        return needs;
    }
}

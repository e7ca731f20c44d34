using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Hosting;

/// <summary>The configured actions by name. Section <c>Actions</c>.</summary>
public sealed class ActionsOptions : Dictionary<string, ActionOptions>
{
    public ActionsOptions()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>The action's options, or null when nothing is configured for it.</summary>
    public ActionOptions? Find(string action) => TryGetValue(action, out var options) ? options : null;

    /// <summary>What a task of the action has where it does not say it itself, whoever submits it.</summary>
    public TaskDefaults DefaultsOf(string action)
    {
        if (Find(action) is not { } options)
        {
            return TaskDefaults.Unconfigured;
        }

        return new TaskDefaults
        {
            TimeoutMs = options.TimeoutMs ?? TaskLimits.DefaultTimeoutMs,
            Resources = options.Resources ?? TaskDefaults.Unconfigured.Resources,
        };
    }
}

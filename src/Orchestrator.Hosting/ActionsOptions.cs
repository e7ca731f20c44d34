using Orchestrator.Runtime.Options;

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
}

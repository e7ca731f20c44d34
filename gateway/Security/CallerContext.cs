namespace Orchestrator.Gateway.Security;

/// <summary>Who calls, and which workspaces the caller may see. What it may not see does not exist for it: 404, never 403.</summary>
internal sealed class CallerContext
{
    /// <summary>How a caller without a key is called.</summary>
    public const string Anonymous = "anonymous";

    private readonly HashSet<string>? _workspaces;

    private CallerContext(HashSet<string>? workspaces) => _workspaces = workspaces;

    /// <summary>The name under which the caller stands in the audit log.</summary>
    public string Name { get; private init; } = Anonymous;

    /// <summary>Sees every workspace.</summary>
    public static CallerContext Everyone { get; } = new(null);

    /// <summary>The same caller under a name.</summary>
    public CallerContext Named(string name) => new(_workspaces) { Name = name };

    public bool SeesAll => _workspaces is null;

    /// <summary>Sees these workspaces only.</summary>
    public static CallerContext Of(params IEnumerable<string> workspaces) => new(workspaces.ToHashSet(StringComparer.Ordinal));

    /// <summary>The workspaces that it may see; null for all.</summary>
    public IReadOnlyCollection<string>? Workspaces => _workspaces;

    public bool Sees(string workspace) => _workspaces?.Contains(workspace) ?? true;
}

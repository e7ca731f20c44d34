using Orchestrator.Core.Keys;
using Orchestrator.Storage.Keys;

namespace Orchestrator.Gateway.Security;

/// <summary>Who calls, and what the caller may do where. A workspace that it may not see does not exist for it: 404, never 403.</summary>
internal sealed class CallerContext
{
    /// <summary>How a caller without a key is called.</summary>
    public const string Anonymous = "anonymous";

    private readonly HashSet<string>? _workspaces;

    private CallerContext(string name, KeyScope scope, KeyCredential? credential)
    {
        Name = name;
        Scope = scope;
        Credential = credential;
        _workspaces = scope.Workspaces?.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>May do everything everywhere.</summary>
    public static CallerContext Everyone { get; } = new(Anonymous, new KeyScope([KeyVerb.Admin], null), null);

    /// <summary>The name under which the caller stands in the audit log.</summary>
    public string Name { get; }

    public KeyScope Scope { get; }

    /// <summary>What it came in with; null where no key was asked for.</summary>
    public KeyCredential? Credential { get; }

    public bool SeesAll => _workspaces is null;

    /// <summary>The workspaces that it may see; null for all.</summary>
    public IReadOnlyCollection<string>? Workspaces => _workspaces;

    public static CallerContext Of(KeyCredential credential) => new(credential.Name, credential.Scope, credential);

    /// <summary>May do everything in these workspaces only.</summary>
    public static CallerContext Of(params IEnumerable<string> workspaces) => new(Anonymous, new KeyScope([KeyVerb.Admin], [.. workspaces]), null);

    /// <summary>The same caller under a name.</summary>
    public CallerContext Named(string name) => new(name, Scope, Credential);

    public bool Sees(string workspace) => _workspaces?.Contains(workspace) ?? true;
}

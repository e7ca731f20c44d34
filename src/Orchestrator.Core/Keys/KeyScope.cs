namespace Orchestrator.Core.Keys;

/// <summary>How far a key reaches.</summary>
/// <param name="Verbs">What it may do.</param>
/// <param name="Workspaces">Where; null for everywhere, what belongs to no workspace included.</param>
public sealed record KeyScope(IReadOnlyList<KeyVerb> Verbs, IReadOnlyList<string>? Workspaces)
{
    public bool Allows(KeyVerb verb) => Verbs.Contains(verb) || Verbs.Contains(KeyVerb.Admin);
}

using System.Buffers;

namespace Orchestrator.Core.Naming;

/// <summary>The form of ids that callers choose (workspaces, actions, resources, references): <c>[a-z0-9][a-z0-9._-]{0,62}</c>.</summary>
public static class ResourceName
{
    public const int MaxLength = 63;
    public const string Pattern = "[a-z0-9][a-z0-9._-]{0,62}";

    private static readonly SearchValues<char> First = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> Rest = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    public static bool IsValid(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxLength && First.Contains(name[0]) && !name.ContainsAnyExcept(Rest);
}

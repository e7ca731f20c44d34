using System.Buffers;
using Orchestrator.Core.Naming;

namespace Orchestrator.Core.Runs.Definitions;

/// <summary><c>owner/name@version</c>.</summary>
public sealed record DefinitionName(string Owner, string Name, string Version)
{
    public const string VersionPattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,31}";

    private static readonly SearchValues<char> VersionCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public static bool IsVersion(ReadOnlySpan<char> version) =>
        version.Length is > 0 and <= RunLimits.MaxVersionLength && char.IsAsciiLetterOrDigit(version[0]) && !version.ContainsAnyExcept(VersionCharacters);

    /// <summary>Reads what <see cref="ToString"/> writes; null where it is no such name.</summary>
    public static DefinitionName? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (slash < 0 || at < slash)
        {
            return null;
        }

        var name = new DefinitionName(text[..slash], text[(slash + 1)..at], text[(at + 1)..]);
        return ResourceName.IsValid(name.Owner) && ResourceName.IsValid(name.Name) && IsVersion(name.Version) ? name : null;
    }

    public override string ToString() => $"{Owner}/{Name}@{Version}";
}

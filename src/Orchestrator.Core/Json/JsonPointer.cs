namespace Orchestrator.Core.Json;

/// <summary>Builds JSON Pointers (RFC 6901). The empty one is the whole body.</summary>
public static class JsonPointer
{
    public const string Root = "";

    public static string Append(string path, string name) => $"{path}/{Escape(name)}";

    public static string Append(string path, int index) => $"{path}/{index}";

    /// <summary>A member's name as a step of a pointer.</summary>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The steps of a pointer as names; null when it is none.</summary>
    public static IReadOnlyList<string>? Split(string path)
    {
        if (path.Length > 0 && path[0] != '/')
        {
            return null;
        }

        var steps = path.Split('/').Skip(1).ToList();
        return steps.Any(HasLooseTilde)
            ? null
            : [.. steps.Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
    }

    private static bool HasLooseTilde(string step)
    {
        for (var at = step.IndexOf('~'); at >= 0; at = step.IndexOf('~', at + 1))
        {
            if (at + 1 == step.Length || step[at + 1] is not ('0' or '1'))
            {
                return true;
            }
        }

        return false;
    }
}

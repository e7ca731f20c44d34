using System.Reflection;

namespace Orchestrator.Core.Concepts;

/// <summary>The text files that are part of this assembly.</summary>
internal static class EmbeddedText
{
    private static readonly Assembly Own = typeof(EmbeddedText).Assembly;

    /// <summary>The names that start with a prefix, in order.</summary>
    public static IEnumerable<string> Names(string prefix) =>
        Own.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public static IEnumerable<string> Lines(string name)
    {
        using var stream = Own.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The assembly has no resource '{name}'.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}

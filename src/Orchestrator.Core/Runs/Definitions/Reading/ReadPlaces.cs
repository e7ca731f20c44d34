using System.Text.RegularExpressions;
using Orchestrator.Core.Json;
using Orchestrator.Core.Runs.Definitions.Source;

namespace Orchestrator.Core.Runs.Definitions.Reading;

/// <summary>Finds where the expressions of a value read something. Only looked for where a problem is told, so that expressions need not keep it.</summary>
internal static class ReadPlaces
{
    private const string Start = "${{";

    /// <summary>Where <c>steps.x</c> is read; the value's own place where it cannot be found.</summary>
    public static (string Path, SourcePlace Place) OfStep(SourceNode node, string path, string step) =>
        Find(node, path, new Regex($@"\bsteps\s*(\.\s*|\[\s*['""])(?<name>{Regex.Escape(step)})(?![\w-])")) ?? (path, node.Place);

    /// <summary>Where <c>item</c>, <c>index</c> or <c>output</c> is read.</summary>
    public static (string Path, SourcePlace Place) OfVariable(SourceNode node, string path, string variable) =>
        Find(node, path, new Regex($@"(?<![\w.'""-])(?<name>{Regex.Escape(variable)})(?![\w-])")) ?? (path, node.Place);

    private static (string Path, SourcePlace Place)? Find(SourceNode node, string path, Regex pattern)
    {
        switch (node.Kind)
        {
            case SourceKind.Text:
                var match = pattern.Match(node.Text, Math.Max(0, node.Text.IndexOf(Start, StringComparison.Ordinal)));
                return match.Success ? (path, node.Locate(match.Groups["name"].Index)) : null;
            case SourceKind.List:
                return node.Items.Select((item, index) => Find(item, JsonPointer.Append(path, index), pattern)).FirstOrDefault(place => place is not null);
            case SourceKind.Map:
                return node.Members.Select(member => Find(member.Value, JsonPointer.Append(path, member.Name), pattern)).FirstOrDefault(place => place is not null);
            default:
                return null;
        }
    }
}

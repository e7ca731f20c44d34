using System.Text;

namespace Orchestrator.Gateway.Dashboard.Tasks;

/// <summary>
/// What the search box says: <c>status:failed action:generation.text tag:nightly parent:… created:&gt;2026-01-31 workspace:acme</c>. Values with
/// spaces stand in double quotes. A later qualifier of the same name counts.
/// </summary>
internal sealed class TaskFilter
{
    private readonly Dictionary<string, string> _qualifiers = new(StringComparer.Ordinal);
    private readonly List<string> _unknown = [];

    private TaskFilter()
    {
    }

    public string? Workspace => Find("workspace");
    public string? Status => Find("status");
    public string? Action => Find("action");
    public string? Tag => Find("tag");
    public string? ParentId => Find("parent");

    /// <summary>As it was written, without the sign before it.</summary>
    public string? CreatedAfter => Find("created")?.TrimStart('>');

    public bool IsEmpty => _qualifiers.Count == 0;

    /// <summary>Words that are no qualifier.</summary>
    public IReadOnlyList<string> Unknown => _unknown;

    /// <summary>How the search box calls a parameter of the API.</summary>
    public static string QualifierOf(string parameter) => parameter switch
    {
        "parentId" => "parent",
        "createdAfter" => "created",
        "ws" => "workspace",
        _ => parameter,
    };

    public static TaskFilter Parse(string? text)
    {
        var filter = new TaskFilter();
        foreach (var word in Words(text ?? ""))
        {
            if (word.Split(':', 2) is [("workspace" or "status" or "action" or "tag" or "parent" or "created") and var name, { Length: > 0 } value])
            {
                filter._qualifiers[name] = value;
            }
            else
            {
                filter._unknown.Add(word);
            }
        }

        return filter;
    }

    /// <summary>The same text with a qualifier set to a value, or taken out.</summary>
    public string With(string name, string? value)
    {
        var others = _qualifiers.Where(qualifier => qualifier.Key != name).Select(qualifier => Write(qualifier.Key, qualifier.Value));
        return string.Join(' ', value is null ? others : others.Append(Write(name, value)));
    }

    private static string Write(string name, string value) => value.Contains(' ', StringComparison.Ordinal) ? $"{name}:\"{value}\"" : $"{name}:{value}";

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        var quoted = false;
        foreach (var character in text.Append(' '))
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && char.IsWhiteSpace(character))
            {
                if (word.Length > 0)
                {
                    yield return word.ToString();
                    word.Clear();
                }
            }
            else
            {
                word.Append(character);
            }
        }

        if (word.ToString().TrimEnd() is { Length: > 0 } unclosed)
        {
            yield return unclosed;
        }
    }

    private string? Find(string name) => _qualifiers.GetValueOrDefault(name);
}

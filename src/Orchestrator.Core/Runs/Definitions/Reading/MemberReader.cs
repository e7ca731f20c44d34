using System.Globalization;
using Orchestrator.Core.Json;
using Orchestrator.Core.Runs.Definitions.Source;

namespace Orchestrator.Core.Runs.Definitions.Reading;

/// <summary>
/// Reads the members of one object of a definition, and tells of what is wrong with them. A member that is null counts as left out; one
/// whose name is nearly that of another which is missing is told, and then read as that one, so that one mistake is told once.
/// </summary>
internal sealed class MemberReader
{
    private readonly Dictionary<string, SourceMember> _members = new(StringComparer.Ordinal);
    private readonly ProblemList _problems;

    private MemberReader(SourceNode node, string path, ProblemList problems)
    {
        Node = node;
        Path = path;
        _problems = problems;
    }

    public SourceNode Node { get; }

    public string Path { get; }

    /// <summary>A reader of the object; null, and a problem, where it is none.</summary>
    public static MemberReader? Open(SourceNode node, string path, ProblemList problems, string[] known)
    {
        if (node.Kind != SourceKind.Map)
        {
            Expect(node, path, problems, $"must be an object with {Listing.Of(known)}.");
            return null;
        }

        var reader = new MemberReader(node, path, problems);
        reader.Sort(known);
        return reader;
    }

    /// <summary>Tells what a value must be, unless a problem tells already that it is none.</summary>
    public static void Expect(SourceNode node, string path, ProblemList problems, string expectation)
    {
        if (node.Kind != SourceKind.Unreadable)
        {
            problems.Add(path, node.Place, expectation);
        }
    }

    /// <summary>The text of a value that must be one; null, and a problem, where it is none.</summary>
    public static string? TextOf(SourceNode node, string path, ProblemList problems, int maxLength = int.MaxValue)
    {
        if (node.Kind != SourceKind.Text)
        {
            Expect(node, path, problems, node.Kind is SourceKind.Number or SourceKind.Boolean
                ? $"must be a text; write it in quotes: \"{node.Text}\"."
                : "must be a text.");
            return null;
        }

        if (node.Text.Length == 0)
        {
            problems.Add(path, node.Place, "must not be empty.");
            return null;
        }

        if (node.Text.Length > maxLength)
        {
            problems.Add(path, node.Place, $"has {node.Text.Length} characters; at most {maxLength} are taken.");
            return null;
        }

        return node.Text;
    }

    /// <summary>The path of a member, by the name that stands in the document.</summary>
    public string At(string name) => JsonPointer.Append(Path, _members.GetValueOrDefault(name)?.Name ?? name);

    /// <summary>Whether the member is there and says something.</summary>
    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>The member's value, or null where it is left out.</summary>
    public SourceNode? Find(string name) => _members.GetValueOrDefault(name)?.Value;

    /// <summary>The member's value; null, and a problem, where it is left out.</summary>
    public SourceNode? Require(string name)
    {
        if (!Has(name))
        {
            _problems.Add(At(name), Node.Place, "is missing.");
        }

        return Find(name);
    }

    /// <summary>A problem with the member, at its name.</summary>
    public void Refuse(string name, string message) => _problems.Add(At(name), _members[name].Place, message);

    public string? Text(string name, int maxLength = int.MaxValue) => Find(name) is { } node ? TextOf(node, At(name), _problems, maxLength) : null;

    public long? Integer(string name, long min, long max)
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        if (node.Kind == SourceKind.Number && ParseInteger(node.Text) is { } number && number >= min && number <= max)
        {
            return number;
        }

        Expect(node, At(name), _problems, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {min} to {max}."));
        return null;
    }

    /// <summary>Which of two words the member is; false for the first, and where it is left out.</summary>
    public bool IsSecondOf(string name, string first, string second)
    {
        if (Find(name) is { } node && (node.Kind != SourceKind.Text || (node.Text != first && node.Text != second)))
        {
            Expect(node, At(name), _problems, $"must be {first} or {second}.");
        }

        return Find(name) is { Kind: SourceKind.Text } value && value.Text == second;
    }

    /// <summary>The members of the object that the member is; null where it is left out or none.</summary>
    public MemberReader? Object(string name, string[] known) => Find(name) is { } node ? Open(node, At(name), _problems, known) : null;

    /// <summary>The items of an array with their paths; none where it is left out or is none.</summary>
    public IEnumerable<(SourceNode Node, string Path)> Items(string name, int min, int max, string ofWhat)
    {
        if (Find(name) is not { } node)
        {
            return [];
        }

        if (node.Kind != SourceKind.List)
        {
            Expect(node, At(name), _problems, $"must be an array of {ofWhat}.");
            return [];
        }

        if (node.Items.Count < min || node.Items.Count > max)
        {
            _problems.Add(At(name), node.Place, $"must have from {min} to {max} items, not {node.Items.Count}.");
            return [];
        }

        return node.Items.Select((item, index) => (item, JsonPointer.Append(At(name), index)));
    }

    private void Sort(string[] known)
    {
        foreach (var member in Node.Members.Where(member => known.Contains(member.Name)))
        {
            Keep(member.Name, member);
        }

        var missing = known.Except(Node.Members.Select(member => member.Name)).ToList();
        foreach (var member in Node.Members.Where(member => !known.Contains(member.Name)).TakeWhile(_ => !_problems.IsFull))
        {
            if (Suggestion.Find(member.Name, missing) is { } meant)
            {
                _problems.Add(At(member.Name), member.Place, $"is no member of this object; did you mean '{meant}'?");
                Keep(meant, member);
                missing.Remove(meant);
            }
            else
            {
                _problems.Add(At(member.Name), member.Place, $"is no member of this object; it may have {Listing.Of(known)}.");
            }
        }
    }

    private void Keep(string name, SourceMember member)
    {
        if (member.Value.Kind != SourceKind.Null)
        {
            _members[name] = member;
        }
    }

    /// <summary>The value of a JSON number that is whole, as also 1.0 and 1e3 are.</summary>
    private static long? ParseInteger(string number) =>
        long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? integer
        : decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value == decimal.Truncate(value)
            && Math.Abs(value) <= long.MaxValue ? (long)value
        : null;
}

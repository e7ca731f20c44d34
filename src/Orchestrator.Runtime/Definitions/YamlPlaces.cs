using Orchestrator.Core.Runs.Definitions.Source;

namespace Orchestrator.Runtime.Definitions;

/// <summary>
/// Finds where a character of a scalar stands in the text. The parser does not keep it, so scalar and source are walked side by side, past
/// quotes, escapes, indentation and folded lines.
/// </summary>
internal sealed class YamlPlaces(string source)
{
    /// <summary>The place that is reached once a text was read from another one on.</summary>
    public static SourcePlace After(SourcePlace start, ReadOnlySpan<char> text)
    {
        var lines = text.Count('\n');
        return lines == 0
            ? start with { Column = start.Column + text.Length }
            : new SourcePlace(start.Line + lines, text.Length - text.LastIndexOf('\n'));
    }

    /// <summary>The place of a character of a scalar; that of the scalar where the two cannot be brought together.</summary>
    public SourcePlace Locate(SourceNode node, int position)
    {
        if (node.Offset >= source.Length)
        {
            return node.Place;
        }

        var at = source[node.Offset] switch
        {
            '|' or '>' => WalkBlock(node, position),
            '\'' or '"' => WalkLine(node.Text, position, node.Offset + 1, source[node.Offset]),
            _ => WalkLine(node.Text, position, node.Offset, ' '),
        };
        return at is { } found ? After(node.Place, source.AsSpan(node.Offset, found - node.Offset)) : node.Place;
    }

    /// <summary>A scalar in quotes, or plain, whose lines are folded.</summary>
    private int? WalkLine(string text, int position, int at, char quote)
    {
        for (var index = 0; index < position && index < text.Length; index++)
        {
            if (at >= source.Length)
            {
                return null;
            }

            if (quote == '"' && source[at] == '\\')
            {
                at += EscapeLength(at, out var units);
                index += units - 1;
            }
            else if (quote == '\'' && source[at] == '\'')
            {
                at += 2;
            }
            else if (source[at] == text[index] && !char.IsWhiteSpace(text[index]))
            {
                at++;
            }
            else if (text[index] == ' ' && source[at] == ' ' && !EndsLine(at))
            {
                at++;
            }
            else if (char.IsWhiteSpace(text[index]))
            {
                // Folded: the rest of the line, its end, and the indentation of the next one stand for this.
                at = SkipSpace(at);
            }
            else
            {
                return null;
            }
        }

        return at <= source.Length ? at : null;
    }

    /// <summary>A literal or folded block, whose lines are indented.</summary>
    private int? WalkBlock(SourceNode node, int position)
    {
        var line = NextLine(node.Offset);
        var indent = source.AsSpan(line).IndexOfAnyExcept(" \r\n");
        if (indent < 0)
        {
            return null;
        }

        // Empty lines come first; the indentation is that of the first line with something on it.
        indent -= source.AsSpan(line, indent).LastIndexOf('\n') + 1;
        indent -= node.Text.AsSpan().TrimStart("\n").IndexOfAnyExcept(' ');
        var at = line + Indentation(line, indent);
        for (var index = 0; index < position && index < node.Text.Length; index++)
        {
            if (at >= source.Length)
            {
                return null;
            }

            if (node.Text[index] is '\n' or ' ' && source[at] is '\n' or '\r')
            {
                do
                {
                    at = NextLine(at);
                    at += Indentation(at, indent);
                }
                while (EndsLine(at) && index + 1 < node.Text.Length && node.Text[index + 1] != '\n');
            }
            else if (node.Text[index] == source[at])
            {
                at++;
            }
            else
            {
                return null;
            }
        }

        return at;
    }

    private int EscapeLength(int at, out int units)
    {
        units = 1;
        var code = at + 1 < source.Length ? source[at + 1] : ' ';
        switch (code)
        {
            case 'x':
                return 4;
            case 'u':
                return 6;
            case 'U':
                units = at + 10 <= source.Length && source.AsSpan(at + 2, 8).TrimStart('0').Length > 4 ? 2 : 1;
                return 10;
            case '\r' or '\n':
                // The line goes on without a space.
                units = 0;
                return SkipSpace(at + 1) - at;
            default:
                return 2;
        }
    }

    private int NextLine(int at)
    {
        var end = source.IndexOf('\n', at);
        return end < 0 ? source.Length : end + 1;
    }

    private int SkipSpace(int at)
    {
        while (at < source.Length && char.IsWhiteSpace(source[at]))
        {
            at++;
        }

        return at;
    }

    private bool EndsLine(int at)
    {
        var rest = source.AsSpan(at).IndexOfAnyExcept(' ', '\t');
        return rest >= 0 && source[at + rest] is '\r' or '\n';
    }

    private int Indentation(int line, int most)
    {
        var spaces = 0;
        while (spaces < most && line + spaces < source.Length && source[line + spaces] == ' ')
        {
            spaces++;
        }

        return spaces;
    }
}

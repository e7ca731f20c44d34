using System.Text;

namespace Orchestrator.Workers.Validation;

/// <summary>Writes a regular expression of ECMA-262, the ones that JSON Schema has, as one of .NET that matches the same.</summary>
internal static class EcmaPattern
{
    // White space and line ends of ECMA-262; .NET counts others.
    private const string Space = @"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
    private const string LineEnd = @"\n\r\u2028\u2029";

    private static readonly Dictionary<string, string> Categories = new(StringComparer.Ordinal)
    {
        ["Letter"] = "L",
        ["Lowercase_Letter"] = "Ll",
        ["Uppercase_Letter"] = "Lu",
        ["Titlecase_Letter"] = "Lt",
        ["Modifier_Letter"] = "Lm",
        ["Other_Letter"] = "Lo",
        ["Mark"] = "M",
        ["Nonspacing_Mark"] = "Mn",
        ["Number"] = "N",
        ["Decimal_Number"] = "Nd",
        ["digit"] = "Nd",
        ["Letter_Number"] = "Nl",
        ["Other_Number"] = "No",
        ["Punctuation"] = "P",
        ["punct"] = "P",
        ["Symbol"] = "S",
        ["Math_Symbol"] = "Sm",
        ["Currency_Symbol"] = "Sc",
        ["Separator"] = "Z",
        ["Space_Separator"] = "Zs",
        ["Other"] = "C",
        ["Control"] = "Cc",
        ["Alphabetic"] = "L",
        ["Lowercase"] = "Ll",
        ["Uppercase"] = "Lu",
    };

    /// <exception cref="ArgumentException">An escape is cut short or not known.</exception>
    public static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var character = pattern[i];
            switch (character)
            {
                case '\\':
                    i = Escape(pattern, i + 1, inClass, result);
                    break;
                case '[' when !inClass:
                    i = Open(pattern, i, result);
                    inClass = result[^1] is '[' or '^';
                    break;
                case '[':
                    result.Append(@"\["); // .NET would read a subtraction
                    break;
                case ']' when inClass:
                    inClass = false;
                    result.Append(']');
                    break;
                case '.' when !inClass:
                    result.Append($"[^{LineEnd}]");
                    break;
                case '$' when !inClass:
                    result.Append(@"\z"); // .NET's own also matches before a last line feed
                    break;
                case '(' when !inClass && pattern.AsSpan(i).StartsWith("(?#"):
                    throw new ArgumentException("comments are not part of it.");
                case var _ when !inClass && char.IsHighSurrogate(character) && i + 1 < pattern.Length:
                    result.Append($"(?:{character}{pattern[++i]})"); // one character for what repeats it
                    break;
                default:
                    result.Append(character);
                    break;
            }
        }

        return result.ToString();
    }

    /// <summary>The start of a class; an empty one matches nothing, and an empty one turned round everything.</summary>
    private static int Open(string pattern, int at, StringBuilder result)
    {
        var rest = pattern.AsSpan(at);
        if (rest.StartsWith("[^]"))
        {
            result.Append(@"(?:[\s\S])");
            return at + 2;
        }

        if (rest.StartsWith("[]"))
        {
            result.Append(@"(?:[^\s\S])");
            return at + 1;
        }

        result.Append(rest.StartsWith("[^") ? "[^" : "[");
        return rest.StartsWith("[^") ? at + 1 : at;
    }

    /// <summary>Translates the escape whose letter is at <paramref name="at"/>; answers where it ends.</summary>
    private static int Escape(string pattern, int at, bool inClass, StringBuilder result)
    {
        if (at >= pattern.Length)
        {
            throw new ArgumentException("it ends in the middle of an escape.");
        }

        switch (pattern[at])
        {
            case 'd':
                result.Append(inClass ? "0-9" : "[0-9]");
                return at;
            case 'w':
                result.Append(inClass ? "A-Za-z0-9_" : "[A-Za-z0-9_]");
                return at;
            case 's':
                result.Append(inClass ? Space : $"[{Space}]");
                return at;
            case 'D' when !inClass:
                result.Append("[^0-9]");
                return at;
            case 'W' when !inClass:
                result.Append("[^A-Za-z0-9_]");
                return at;
            case 'S' when !inClass:
                result.Append($"[^{Space}]");
                return at;
            case 'p' or 'P':
                return Category(pattern, at, result);
            case 'u' when at + 1 < pattern.Length && pattern[at + 1] == '{':
                return CodePoint(pattern, at, inClass, result);
            case 'a' or 'A' or 'Z' or 'z' or 'G' or 'e':
                throw new ArgumentException($"\\{pattern[at]} is no escape of it.");
            case '/' or '-' when !inClass:
                result.Append(pattern[at]);
                return at;
            default:
                result.Append('\\').Append(pattern[at]);
                return at;
        }
    }

    private static int Category(string pattern, int at, StringBuilder result)
    {
        var end = pattern.IndexOf('}', at);
        if (end < 0 || pattern[at + 1] != '{')
        {
            throw new ArgumentException($"\\{pattern[at]} must be followed by a category in braces.");
        }

        var name = pattern[(at + 2)..end];
        name = name.StartsWith("General_Category=", StringComparison.Ordinal) ? name["General_Category=".Length..] : name;
        result.Append('\\').Append(pattern[at]).Append('{').Append(Categories.GetValueOrDefault(name, name)).Append('}');
        return end;
    }

    private static int CodePoint(string pattern, int at, bool inClass, StringBuilder result)
    {
        var end = pattern.IndexOf('}', at);
        if (end < 0
            || !int.TryParse(pattern.AsSpan(at + 2, end - at - 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code)
            || !Rune.IsValid(code)
            || (inClass && code > char.MaxValue))
        {
            throw new ArgumentException("\\u{…} must name a character, and inside of a class one of the basic plane.");
        }

        var units = string.Concat(new Rune(code).ToString().Select(unit => $"\\u{(int)unit:x4}"));
        result.Append(inClass ? units : $"(?:{units})");
        return end;
    }
}

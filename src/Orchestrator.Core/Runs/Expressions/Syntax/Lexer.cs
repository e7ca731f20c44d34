using System.Globalization;
using System.Text;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Expressions.Templates;

namespace Orchestrator.Core.Runs.Expressions.Syntax;

/// <summary>Splits an expression into tokens.</summary>
/// <param name="braced">Whether it ends with the <c>}}</c> that closes it in a template; otherwise with the text.</param>
internal sealed class Lexer(string text, int start, bool braced, TemplatePath path)
{
    /// <summary>The longer before those that they begin with.</summary>
    private static readonly string[] Symbols =
        ["==", "!=", "<=", ">=", "&&", "||", "??", "<", ">", "!", "+", "-", "*", "/", "%", "?", ":", ",", ".", "(", ")", "[", "]", "{", "}"];

    private readonly List<Token> _tokens = [];
    private readonly int _start = start;
    private int _at = start;
    private int _braces;

    /// <summary>Where the text goes on after the expression and its braces.</summary>
    public int Next { get; private set; }

    public IReadOnlyList<Token> Read()
    {
        while (!IsAtEnd())
        {
            _tokens.Add(ReadToken());
            if (_at - _start > RunLimits.MaxExpressionLength)
            {
                throw Fail(_start + RunLimits.MaxExpressionLength, $"An expression has at most {RunLimits.MaxExpressionLength} characters.");
            }
        }

        Next = braced ? _at + 2 : _at;
        _tokens.Add(new Token(TokenKind.End, "", _at));
        return _tokens;
    }

    private bool IsAtEnd()
    {
        SkipSpace();
        if (_at < text.Length)
        {
            return braced && _braces == 0 && Follows("}}");
        }

        return braced ? throw Fail(_start - ExpressionText.Open.Length, "The expression that begins here has no end: '}}' is missing.") : true;
    }

    private Token ReadToken()
    {
        var first = text[_at];
        return first is '\'' or '"' ? ReadText()
            : char.IsAsciiDigit(first) ? ReadNumber()
            : IsNameStart(first) || IsStepId() ? ReadName()
            : ReadSymbol();
    }

    private Token ReadName()
    {
        var begin = _at;
        var isStepId = IsStepId();
        while (_at < text.Length && (IsNamePart(text[_at]) || (isStepId && text[_at] == '-')))
        {
            _at++;
        }

        return new Token(TokenKind.Name, text[begin.._at], begin);
    }

    /// <summary>Right after <c>steps.</c> a minus is part of the name.</summary>
    private bool IsStepId() =>
        _at < text.Length && (IsNamePart(text[_at]) || text[_at] == '-')
        && _tokens.Count >= 2 && _tokens[^1].Is(".") && _tokens[^2] is { Kind: TokenKind.Name, Text: "steps" }
        && (_tokens.Count == 2 || !_tokens[^3].Is("."));

    private Token ReadNumber()
    {
        var begin = _at;
        SkipDigits();
        if (_at + 1 < text.Length && text[_at] == '.' && char.IsAsciiDigit(text[_at + 1]))
        {
            _at++;
            SkipDigits();
        }

        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            _at++;
            if (_at < text.Length && text[_at] is '+' or '-')
            {
                _at++;
            }

            SkipDigits();
        }

        if (!char.IsAsciiDigit(text[_at - 1]) || (_at < text.Length && IsNamePart(text[_at])))
        {
            throw Fail(begin, "This is no number; one is written as 12, 0.5 or 1e6.");
        }

        return new Token(TokenKind.Number, text[begin.._at], begin);
    }

    private Token ReadText()
    {
        var (begin, quote, made) = (_at++, text[_at - 1], new StringBuilder());
        while (_at < text.Length && text[_at] != quote)
        {
            made.Append(text[_at] == '\\' ? ReadEscape() : text[_at++]);
        }

        if (_at == text.Length)
        {
            throw Fail(begin, $"The text that begins here has no end: {quote} is missing.");
        }

        _at++;
        var value = made.ToString();
        return value.Contains('\0', StringComparison.Ordinal) || HasHalfASurrogate(value)
            ? throw Fail(begin, "A text holds no NUL and no half of a surrogate pair.")
            : new Token(TokenKind.Text, value, begin);
    }

    private char ReadEscape()
    {
        var begin = _at++;
        var escape = _at < text.Length ? text[_at++] : '\0';
        if (escape == 'u' && _at + 4 <= text.Length && ushort.TryParse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            _at += 4;
            return (char)unit;
        }

        return escape switch
        {
            '\\' or '\'' or '"' or '/' => escape,
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => throw Fail(begin, @"A backslash in a text begins one of \\ \' \"" \/ \n \r \t and \u with four digits."),
        };
    }

    private Token ReadSymbol()
    {
        foreach (var symbol in Symbols)
        {
            if (Follows(symbol))
            {
                _braces = Math.Max(_braces + (symbol == "{" ? 1 : symbol == "}" ? -1 : 0), 0);
                _at += symbol.Length;
                return new Token(TokenKind.Symbol, symbol, _at - symbol.Length);
            }
        }

        throw Fail(_at, text[_at] switch
        {
            '=' => "'=' is no operator; '==' compares.",
            '&' or '|' => $"'{text[_at]}' is no operator; conditions are joined with '&&' and '||'.",
            _ => $"'{Whole(text, _at)}' does not belong in an expression.",
        });
    }

    /// <summary>The character at a place, or what stands for half of one.</summary>
    private static string Whole(string text, int at) =>
        Rune.TryGetRuneAt(text, at, out var rune) ? rune.ToString() : Rune.ReplacementChar.ToString();

    private static bool HasHalfASurrogate(string value)
    {
        for (var i = 0; i < value.Length; i += char.IsSurrogate(value[i]) ? 2 : 1)
        {
            if (!Rune.TryGetRuneAt(value, i, out _))
            {
                return true;
            }
        }

        return false;
    }

    private void SkipDigits()
    {
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }
    }

    private void SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }

    private bool Follows(string symbol) => string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) == 0;

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsAsciiDigit(c);

    private ExpressionException Fail(int position, string message) => new(message, position, path.ToString());
}

namespace Orchestrator.Core.Concepts.Text;

/// <summary>Cuts a text into words, numbers, signs and breaks; what a name or number consists of stays together.</summary>
internal sealed class Tokeniser
{
    private readonly string _text;
    private readonly bool _caseMatters;
    private readonly List<Token> _tokens = [];
    private readonly WordBuilder _word = new();
    private int _next;

    private Tokeniser(string text)
    {
        _text = text;
        _caseMatters = text.Any(character => Characters.IsLower(character));
    }

    public static IReadOnlyList<Token> Tokenise(string text)
    {
        var tokeniser = new Tokeniser(text);
        tokeniser.Read();
        return tokeniser._tokens;
    }

    private void Read()
    {
        while (_next < _text.Length)
        {
            var character = Characters.At(_text, _next, out var length);
            if (StartsWord(character, length))
            {
                if (!TryReadAddress())
                {
                    ReadWord();
                }

                continue;
            }

            switch (Characters.KindOf(character))
            {
                case CharacterKind.Symbol:
                    ReadSymbols();
                    continue;
                case CharacterKind.Comma:
                    _tokens.Add(new Token(TokenKind.Comma, ",", ","));
                    break;
                case CharacterKind.Break:
                    _tokens.Add(new Token(TokenKind.Break, ".", "."));
                    break;
            }

            _next += length;
        }
    }

    // A sign before digits and a full stop before a name belong to them, where nothing stands before: -5, .NET.
    private bool StartsWord(int character, int length)
    {
        if (Characters.KindOf(character) == CharacterKind.Word)
        {
            return true;
        }

        return (IsAtSpace(_next - 1) || IsOpening(_next - 1)) && PeekAt(_next + length) is var following
            && ((character is Characters.Hyphen or '+' && Characters.IsDigit(following)) || (character == '.' && Characters.IsLetter(following)));
    }

    private void ReadWord()
    {
        var isNumber = true;
        do
        {
            var character = Characters.At(_text, _next, out var length);
            var kind = Characters.KindOf(character);
            var start = _word.Length == 0;
            if (kind is CharacterKind.Word or CharacterKind.Mark || start || IsInside(character, _next + length))
            {
                isNumber &= Characters.IsDigit(character) || kind is not (CharacterKind.Word or CharacterKind.Mark);
                _word.Add(character);
            }
            else if (kind != CharacterKind.Ignored)
            {
                break;
            }

            _next += length;
        }
        while (_next < _text.Length);

        var token = _word.Take(isNumber ? TokenKind.Number : TokenKind.Word, _caseMatters);
        Apostrophes.Split(token, _tokens);
    }

    // Whether a sign that would end the word belongs to it: 3.5, node.js, 10:30, R&D, l'ora, C++, C#.
    private bool IsInside(int character, int following)
    {
        var before = Characters.At(_text, _next - 1 > 0 && char.IsLowSurrogate(_text[_next - 1]) ? _next - 2 : _next - 1, out _);
        var after = PeekAt(following);
        return character switch
        {
            '.' => Characters.KindOf(after) == CharacterKind.Word,
            ',' or '/' or ':' => Characters.IsDigit(before) && Characters.IsDigit(after),
            '&' or Characters.Apostrophe => Characters.IsLetter(before) && Characters.IsLetter(after),
            '+' or '#' => (Characters.IsLetter(before) || before == character) && Characters.KindOf(after) != CharacterKind.Word,
            _ => false,
        };
    }

    private bool TryReadAddress()
    {
        // Looked for once for what stands between spaces, so that a long chain of words costs one look.
        if (!IsAtSpace(_next - 1) && !(IsOpening(_next - 1) && IsAtSpace(_next - 2)))
        {
            return false;
        }

        var end = _next;
        while (end < _text.Length && Characters.KindOf(_text[end]) != CharacterKind.Space && _text[end] is not ('\n' or '\r' or '<' or '>' or '"'))
        {
            end++;
        }

        var chunk = _text[_next..end].TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '\u2019', '\u00BB');
        var at = chunk.IndexOf('@', StringComparison.Ordinal);
        if (!chunk.Contains("://", StringComparison.Ordinal)
            && !chunk.StartsWith("www.", StringComparison.OrdinalIgnoreCase)
            && (at < 1 || chunk.IndexOf('.', at) < 0))
        {
            return false;
        }

        _tokens.Add(new Token(TokenKind.Address, chunk, chunk));
        _next += chunk.Length;
        return true;
    }

    private void ReadSymbols()
    {
        do
        {
            var character = Characters.At(_text, _next, out var length);
            var kind = Characters.KindOf(character);
            if (kind is not (CharacterKind.Symbol or CharacterKind.Mark or CharacterKind.Ignored))
            {
                break;
            }

            if (kind != CharacterKind.Ignored || character == Characters.ZeroWidthJoiner)
            {
                _word.Add(character);
            }

            _next += length;
        }
        while (_next < _text.Length);

        _tokens.Add(_word.Take(TokenKind.Symbol, caseMatters: false));
    }

    private bool IsAtSpace(int index) => index < 0 || Characters.KindOf(_text[index]) is CharacterKind.Space || _text[index] is '\n' or '\r';

    private bool IsOpening(int index) => _text[index] is '(' or '[' or '<' or '"' or '\'' or '\u00AB';

    private int PeekAt(int index) => index < _text.Length ? Characters.At(_text, index, out _) : ' ';
}

using System.Text;

namespace Orchestrator.Core.Concepts.Text;

/// <summary>Puts a token's two spellings together, character by character.</summary>
internal sealed class WordBuilder
{
    private readonly StringBuilder _exact = new();
    private readonly StringBuilder _folded = new();
    private bool _latin;
    private bool _startsUpper;
    private bool _hasLetters;
    private bool _hasLower;

    public int Length => _exact.Length;

    public void Add(int character)
    {
        _startsUpper |= !_hasLetters && Characters.IsUpper(character);
        _hasLetters |= Characters.IsLetter(character);
        _hasLower |= Characters.IsLower(character);
        var lower = Characters.Lower(character);
        if (lower > char.MaxValue)
        {
            var pair = char.ConvertFromUtf32(lower);
            _exact.Append(pair);
            _folded.Append(pair);
            _latin = false;
            return;
        }

        var letter = (char)lower;
        var parts = LetterTable.Decompose(letter) ?? letter.ToString();
        _exact.Append(parts);
        foreach (var part in parts)
        {
            Fold(part);
        }
    }

    public Token Take(TokenKind kind, bool caseMatters)
    {
        var capital = caseMatters && _startsUpper;
        var token = new Token(kind, _exact.ToString(), _folded.ToString(), capital, capital && !_hasLower);
        _exact.Clear();
        _folded.Clear();
        _latin = _startsUpper = _hasLetters = _hasLower = false;
        return token;
    }

    // A mark on a letter of another script is part of the letter: only Latin ones are often left out by those who type.
    private void Fold(char part)
    {
        if (Characters.KindOf(part) == CharacterKind.Mark)
        {
            if (!_latin)
            {
                _folded.Append(part);
            }

            return;
        }

        _latin = part is < '\u0250' or (>= '\u1E00' and < '\u1F00');
        _folded.Append(LetterTable.Read(part) ?? part.ToString());
    }
}

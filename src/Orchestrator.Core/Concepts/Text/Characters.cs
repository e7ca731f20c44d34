using System.Globalization;
using System.Text;

namespace Orchestrator.Core.Concepts.Text;

/// <summary>What a character is to the tokeniser.</summary>
internal static class Characters
{
    public const char Apostrophe = '\'';
    public const char Hyphen = '-';
    public const int ZeroWidthJoiner = 0x200D;

    /// <summary>The character at a place, with the ways of typing one sign made one; a lone half of a pair is itself.</summary>
    public static int At(string text, int index, out int length)
    {
        if (char.IsSurrogatePair(text, index))
        {
            length = 2;
            return char.ConvertToUtf32(text, index);
        }

        length = 1;
        return Unified(text[index]);
    }

    public static CharacterKind KindOf(int character)
    {
        switch (character)
        {
            case '_':
                return CharacterKind.Word;
            case ',' or 0x060C or 0x3001:
                return CharacterKind.Comma;
            case '.' or '!' or '?' or ';' or ':' or '(' or ')' or '[' or ']' or '{' or '}' or '|' or '\n' or '\r' or '\u2013' or '\u2014' or '\u2026' or 0x3002:
                return CharacterKind.Break;
            case '%' or '&' or '\u2030':
                return CharacterKind.Symbol;
            case '`' or '^':
                return CharacterKind.Other;
        }

        return Category(character) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
                => CharacterKind.Word,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => CharacterKind.Mark,
            UnicodeCategory.Format => CharacterKind.Ignored,
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control
                => CharacterKind.Space,
            UnicodeCategory.CurrencySymbol or UnicodeCategory.MathSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol
                or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => CharacterKind.Symbol,
            _ => CharacterKind.Other,
        };
    }

    public static bool IsDigit(int character) => Category(character) == UnicodeCategory.DecimalDigitNumber;

    public static bool IsLetter(int character) => Category(character)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter;

    public static bool IsUpper(int character) => Category(character) is UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter;

    public static bool IsLower(int character) => Category(character) == UnicodeCategory.LowercaseLetter;

    /// <summary>In small letters; a digit of any script as one of ours.</summary>
    public static int Lower(int character)
    {
        if (IsDigit(character))
        {
            return '0' + CharUnicodeInfo.GetDecimalDigitValue(char.ConvertFromUtf32(character), 0);
        }

        return Rune.IsValid(character) ? Rune.ToLowerInvariant(new Rune(character)).Value : character;
    }

    private static UnicodeCategory Category(int character) => CharUnicodeInfo.GetUnicodeCategory(character);

    private static int Unified(char character) => character switch
    {
        '\u2019' or '\u2018' or '\u02BC' or '\u00B4' or '\u2032' => Apostrophe,
        '\u2010' or '\u2011' or '\u2212' => Hyphen,
        >= '\uFF01' and <= '\uFF5E' => character - 0xFEE0,
        _ => character,
    };
}

using System.Globalization;
using System.Text;

namespace Orchestrator.Workers.Summaries;

/// <summary>What has to be known of a script to find its words.</summary>
internal static class Scripts
{
    /// <summary>Whether the script puts no spaces between words (or glues particles to them, as Korean does), so that pairs of characters stand for words.</summary>
    public static bool IsUnspaced(Rune rune) => rune.Value switch
    {
        < 0x0E00 => false,
        <= 0x0EFF => true, // Thai, Lao
        >= 0x1000 and <= 0x109F => true, // Burmese
        >= 0x1780 and <= 0x17FF => true, // Khmer
        >= 0x3040 and <= 0x30FF => true, // Hiragana, Katakana
        >= 0x31F0 and <= 0x31FF => true,
        >= 0x3400 and <= 0x4DBF => true, // Han
        >= 0x4E00 and <= 0x9FFF => true,
        >= 0xAC00 and <= 0xD7A3 => true, // Hangul
        >= 0xF900 and <= 0xFAFF => true,
        >= 0x20000 and <= 0x3FFFF => true,
        _ => false,
    };

    /// <summary>Han, kana and such join without a space between sentences.</summary>
    public static bool JoinsWithoutSpace(char c) => c is >= '\u3000' and <= '\u9fff' or >= '\uff00' and <= '\uffef';

    public static bool IsKana(Rune rune) => rune.Value is >= 0x3040 and <= 0x30FF;

    public static bool IsHangul(Rune rune) => rune.Value is >= 0xAC00 and <= 0xD7A3;

    public static bool IsHan(Rune rune) => rune.Value is >= 0x3400 and <= 0x9FFF or >= 0x20000 and <= 0x3FFFF;

    /// <summary>Letters, digits, and the marks that belong to letters.</summary>
    public static bool IsWordPart(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}

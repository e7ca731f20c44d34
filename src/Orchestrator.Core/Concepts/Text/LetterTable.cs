using System.Globalization;

namespace Orchestrator.Core.Concepts.Text;

/// <summary>
/// What letters with marks are made of. The table is ours because the programs run without the system's culture data, where
/// <see cref="string.Normalize()"/> leaves every string as it is, and because a fingerprint must be the same on every machine.
/// </summary>
internal static class LetterTable
{
    private static readonly Dictionary<char, string> Parts = [];
    private static readonly Dictionary<char, string> Readings = [];

    static LetterTable()
    {
        foreach (var line in EmbeddedText.Lines("letters.txt"))
        {
            var fields = line.Split(' ');
            if (fields[1] == "=")
            {
                Parts.Add(Letter(fields[0]), string.Concat(fields[2..].Select(Letter)));
            }
            else
            {
                Readings.Add(Letter(fields[0]), fields[2]);
            }
        }
    }

    /// <summary>The base letter and marks that a small letter is made of, or null.</summary>
    public static string? Decompose(char letter) => Parts.GetValueOrDefault(letter);

    /// <summary>The plain letters as which a small letter without a decomposition is read, or null.</summary>
    public static string? Read(char letter) => Readings.GetValueOrDefault(letter);

    private static char Letter(string hexadecimal) => (char)ushort.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}

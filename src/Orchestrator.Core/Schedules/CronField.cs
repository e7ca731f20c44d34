using System.Globalization;
using System.Numerics;

namespace Orchestrator.Core.Schedules;

/// <summary>The values that a field allows.</summary>
/// <param name="Bits">Bit n for the value n.</param>
/// <param name="HasStar">Whether the field is written with a star.</param>
internal readonly record struct CronField(ulong Bits, bool HasStar)
{
    public bool Contains(int value) => (Bits & (1UL << value)) != 0;

    /// <summary>The least allowed value that is not below <paramref name="from"/>; null when there is none.</summary>
    public int? AtLeast(int from) => Bits >> from << from is var rest and not 0 ? BitOperations.TrailingZeroCount(rest) : null;

    /// <summary>Reads a field: a list of <c>*</c>, <c>a</c> and <c>a-b</c>, each of the spans with a step if wanted.</summary>
    /// <param name="place">Where the field begins in the expression, counted from 1.</param>
    /// <param name="error">What is wrong and where, or null.</param>
    public static CronField Parse(CronFieldKind kind, string text, int place, out string? error)
    {
        var bits = 0UL;
        foreach (var item in text.Split(','))
        {
            if (ParseItem(kind, item, out var itemBits) is { } problem)
            {
                error = string.Create(CultureInfo.InvariantCulture, $"at character {place}: {problem}");
                return default;
            }

            bits |= itemBits;
            place += item.Length + 1;
        }

        error = null;
        return new CronField(kind == CronFieldKind.DayOfWeek ? SundayAsZero(bits) : bits, text.Contains('*', StringComparison.Ordinal));
    }

    private static string? ParseItem(CronFieldKind kind, string item, out ulong bits)
    {
        bits = 0;
        var (span, step) = Cut(item, '/');
        var every = 1;
        if (step is not null && !(int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out every) && every >= 1 && every <= kind.Max))
        {
            return $"the step '{step}' of the {kind.Name} must be a number from 1 to {kind.Max}.";
        }

        int first, last;
        if (span == "*")
        {
            (first, last) = (kind.Min, kind == CronFieldKind.DayOfWeek ? kind.Max - 1 : kind.Max);
        }
        else
        {
            var (from, to) = Cut(span, '-');
            if (kind.ValueOf(from) is not { } start)
            {
                return Unknown(kind, from);
            }

            if (to is null && step is not null)
            {
                return $"the step of the {kind.Name} needs a span: write */{every} or {start}-{kind.Max}/{every}.";
            }

            if (kind.ValueOf(to ?? from) is not { } end)
            {
                return Unknown(kind, to!);
            }

            if (end < start)
            {
                return $"the span '{span}' of the {kind.Name} runs backwards.";
            }

            (first, last) = (start, end);
        }

        for (var value = first; value <= last; value += every)
        {
            bits |= 1UL << value;
        }

        return null;
    }

    private static string Unknown(CronFieldKind kind, string text) => text.Length == 0
        ? $"a value of the {kind.Name} is missing."
        : $"the {kind.Name} '{text}' is not {kind.Describe()}.";

    private static (string Before, string? After) Cut(string text, char separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (text, null);

    private static ulong SundayAsZero(ulong bits) => (bits | (bits >> 7)) & 0x7F;
}

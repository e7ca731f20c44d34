using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Orchestrator.Workers.Validation;

/// <summary>A number of JSON of whatever size and precision: ±0.digits × 10^exponent, compared without rounding.</summary>
internal readonly record struct ExactNumber : IComparable<ExactNumber>
{
    private readonly bool _negative;
    private readonly string _digits;
    private readonly long _exponent;

    private ExactNumber(bool negative, string digits, long exponent)
    {
        _negative = negative;
        _digits = digits;
        _exponent = exponent;
    }

    public bool IsZero => _digits.Length == 0;

    public bool IsInteger => _digits.Length <= Math.Max(0, _exponent);

    public static ExactNumber Of(JsonElement number)
    {
        var raw = JsonMarshal.GetRawUtf8Value(number);
        Span<char> text = raw.Length <= 64 ? stackalloc char[raw.Length] : new char[raw.Length];
        for (var i = 0; i < raw.Length; i++)
        {
            text[i] = (char)raw[i];
        }

        return Parse(text);
    }

    public int CompareTo(ExactNumber other)
    {
        if (IsZero || other.IsZero || _negative != other._negative)
        {
            return Sign.CompareTo(other.Sign);
        }

        var magnitude = _exponent != other._exponent ? _exponent.CompareTo(other._exponent) : Math.Sign(string.CompareOrdinal(_digits, other._digits));
        return _negative ? -magnitude : magnitude;
    }

    private int Sign => IsZero ? 0 : _negative ? -1 : 1;

    private static ExactNumber Parse(ReadOnlySpan<char> text)
    {
        var negative = text[0] == '-';
        text = text[(negative ? 1 : 0)..];
        var power = 0L;
        if (text.IndexOfAny('e', 'E') is >= 0 and var mark)
        {
            power = Power(text[(mark + 1)..]);
            text = text[..mark];
        }

        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var digits = point < 0 ? whole.ToString() : string.Concat(whole, text[(point + 1)..]);
        var significant = digits.TrimStart('0');
        var exponent = whole.Length - (digits.Length - significant.Length) + power;
        significant = significant.TrimEnd('0');
        return significant.Length == 0 ? new ExactNumber(false, string.Empty, 0) : new ExactNumber(negative, significant, exponent);
    }

    /// <summary>A power of more than some digits is as good as endless.</summary>
    private static long Power(ReadOnlySpan<char> text)
    {
        const int MaxDigits = 12;
        var negative = text[0] == '-';
        var digits = text.TrimStart("+-").TrimStart('0');
        var power = digits.IsEmpty ? 0
            : digits.Length > MaxDigits ? (long)Math.Pow(10, MaxDigits)
            : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return negative ? -power : power;
    }
}

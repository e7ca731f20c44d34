using System.Globalization;

namespace Orchestrator.Core.Runs.Expressions.Values;

/// <summary>Numbers are decimals of 28 digits, so that 0.1 + 0.2 is 0.3 and ids of 64 bits stay what they are.</summary>
internal static class Numbers
{
    private const NumberStyles Written = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static decimal Of(Value value, Evaluation evaluation, int position) =>
        value.AsNumber(evaluation, position) ?? throw evaluation.Fail(position, "This number is too large to compute with: beyond 28 digits it can only be passed on.");

    public static decimal? Parse(string text) => decimal.TryParse(text, Written, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Without zeros at the end of a fraction, and never with an exponent.</summary>
    public static string Write(decimal number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}

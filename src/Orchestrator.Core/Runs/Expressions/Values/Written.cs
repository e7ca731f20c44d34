using System.Text;

namespace Orchestrator.Core.Runs.Expressions.Values;

/// <summary>A value within a text: a text as it is, nothing for null, and anything else as compact JSON.</summary>
internal static class Written
{
    public static string Of(Value value, Evaluation evaluation, int position) => value.Kind switch
    {
        ValueKind.Null => "",
        ValueKind.Text => value.AsText(evaluation, position),
        _ => Json(value, evaluation, position),
    };

    /// <summary>Compact JSON; a number that was read stays as it is written.</summary>
    public static string Json(Value value, Evaluation evaluation, int position)
    {
        var json = Encoding.UTF8.GetString(ValueWriter.Write(value, evaluation, position, compact: true));
        evaluation.ChargeCharacters(json.Length, position);
        return json;
    }
}

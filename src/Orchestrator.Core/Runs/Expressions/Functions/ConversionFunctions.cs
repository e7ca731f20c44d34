using System.Text;
using Orchestrator.Core.Json;
using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Functions;

internal static class ConversionFunctions
{
    public static IReadOnlyList<Function> All { get; } =
    [
        new("coalesce", 1, Function.Any, Coalesce),
        new("toText", 1, 1, call => Value.Of(Written.Of(call[0], call.Evaluation, call.Position))),
        new("toNumber", 1, 1, ToNumber),
        new("toJson", 1, 1, call => Value.Of(Written.Json(call[0], call.Evaluation, call.Position))),
        new("fromJson", 1, 1, FromJson),
        new("type", 1, 1, call => Value.Of(call[0].Kind.Name())),
    ];

    private static Value Coalesce(Call call)
    {
        for (var i = 0; i < call.Count; i++)
        {
            if (!call[i].IsNull)
            {
                return call[i];
            }
        }

        return Value.Null;
    }

    private static Value ToNumber(Call call) => call[0].Kind switch
    {
        ValueKind.Number => call[0],
        ValueKind.Text => Value.Of(Numbers.Parse(call.Text(0).Trim()) ?? throw call.Fail(0, "This text is no number, or one of more than 28 digits.")),
        _ => throw call.Refuse(0, "a text or a number"),
    };

    private static Value FromJson(Call call)
    {
        var text = call.Text(0);
        var utf8 = Encoding.UTF8.GetBytes(text);
        call.Charge(utf8.Length / 16);
        string? fault = null;
        var document = StrictJson.Parse(utf8, (pointer, problem) => fault ??= $"{pointer} {problem}".TrimStart(), out var malformed);
        return document is not null ? Value.Of(document.RootElement) : throw call.Fail(0, $"fromJson takes a text of JSON; this {malformed ?? fault}");
    }
}

using System.CommandLine;
using System.Globalization;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Cli.Inputs;

/// <summary>How much a task matters: a hint or a number.</summary>
internal static class Priorities
{
    private static readonly string[] Hints = ["low", "medium", "high"];

    public static Option<string?> Option()
    {
        var option = Input.Text("--priority", "How much it matters: low, medium (the default), high, or a number from 0 to 1000.", "low|medium|high|n");
        Input.Check(option, "must be low, medium, high, or a whole number from 0 to 1000.", text => Hints.Contains(text) || IsNumber(text));
        option.CompletionSources.Add(Hints);
        return option;
    }

    public static RawJson? Of(string? text) => text is null ? null : RawJson.From(IsNumber(text) ? text : $"\"{text}\"");

    private static bool IsNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 1000
        && text == number.ToString(CultureInfo.InvariantCulture);
}

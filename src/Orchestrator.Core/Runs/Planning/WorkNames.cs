using System.Globalization;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>The names under which a run keeps what its steps made and were given. Names with a dot are no outputs.</summary>
internal static class WorkNames
{
    /// <summary>How many items of an array are kept together: few rows to write, and little to read for each item.</summary>
    public const int ItemsInPart = 100;

    public static string Item(string step, int item) => string.Create(CultureInfo.InvariantCulture, $"{step}[{item}]");

    /// <summary>What a person gave as the input of a step.</summary>
    public static string Input(string step) => step + ".input";

    public static string ItemsPart(string step, int part) => string.Create(CultureInfo.InvariantCulture, $"{step}.items[{part}]");

    /// <summary>Stands within one plan for the whole output, from wherever it comes.</summary>
    public static string Output(string step) => step + ".output";
}

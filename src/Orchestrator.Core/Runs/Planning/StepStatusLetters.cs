namespace Orchestrator.Core.Runs.Planning;

/// <summary>The states of steps and items as a run's state writes them.</summary>
internal static class StepStatusLetters
{
    private const string Letters = "prwcfsx";

    public static char Of(StepStatus status) => Letters[(int)status];

    public static StepStatus Parse(char letter) =>
        Letters.IndexOf(letter, StringComparison.Ordinal) is var at and >= 0 ? (StepStatus)at : throw new FormatException($"'{letter}' is no state of a step.");
}

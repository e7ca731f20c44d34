using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Calls;

/// <summary>A decision that was not given: what is asked is shown, so that nobody decides about what they have not seen.</summary>
internal static class Undecided
{
    public static readonly string[] Decisions = ["approve", "reject", "continue", "retry", "abort"];

    /// <param name="who">What asks, as the beginning of a sentence.</param>
    /// <param name="proposal">What the decision is about, as a line; null for nothing.</param>
    public static CliException Of(string who, string? question, string? proposal)
    {
        string?[] lines =
        [
            $"{who} asks: {VisibleText.Of(question ?? "whether it may go on")}",
            proposal is null ? null : $"  {proposal}",
            $"Nothing was decided: say --decision {string.Join(", ", Decisions[..^1])} or {Decisions[^1]}.",
        ];
        return new CliException(CliExitCodes.Usage, string.Join('\n', lines.Where(line => line is not null)));
    }
}

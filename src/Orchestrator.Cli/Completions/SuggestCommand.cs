using System.CommandLine;
using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Completions;

/// <summary>Says how a line may go on; for the scripts.</summary>
internal sealed class SuggestCommand : CliCommand
{
    private readonly Argument<int> _position = new("position") { Description = "Where in the line, in characters." };
    private readonly Argument<string> _line = new("line") { Description = "The whole line." };

    public SuggestCommand()
        : base("suggest", "Says how a line may go on, one word a line.", "orc completion suggest 9 \"orc task \"")
    {
        Hidden = true;
        Takes(_position, _line);
        SetAction(arguments =>
        {
            foreach (var word in Suggest(arguments.GetValue(_line)!, arguments.GetValue(_position)))
            {
                Console.WriteLine(word);
            }

            return CliExitCodes.Success;
        });
    }

    /// <summary>Options only where one was begun, or nothing else fits.</summary>
    public static IReadOnlyList<string> Suggest(string line, int position)
    {
        // Some shells leave out the space behind the last word.
        var padded = line.PadRight(Math.Clamp(position, 0, line.Length + 1));
        var at = Math.Clamp(position, 0, padded.Length);
        var begun = padded[(padded.LastIndexOf(' ', Math.Max(at - 1, 0)) + 1)..at];
        var words = CommandLine.Parse(padded).GetCompletions(at).Select(item => item.InsertText ?? item.Label)
            .Where(word => word.StartsWith(begun, StringComparison.Ordinal) && !word.StartsWith('/')).Distinct().ToList();
        var others = words.Where(word => !word.StartsWith('-')).ToList();
        return begun.Length == 0 && others.Count > 0 ? others : words;
    }
}

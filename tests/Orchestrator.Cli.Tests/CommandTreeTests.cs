using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Cli.Calls;
using Orchestrator.TestKit;

namespace Orchestrator.Cli.Tests;

/// <summary>Every command that there is: its help, its examples, and its place in the documentation.</summary>
public sealed partial class CommandTreeTests
{
    private static readonly string Document = File.ReadAllText(RepositoryFolder.Combine("docs", "cli.md"));

    public static TheoryData<string> Paths => [.. All(CommandLine.Build()).Select(CliCommand.PathOf)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Help_OfEveryCommand_HasExamplesOfItThatParse(string path)
    {
        var help = new StringWriter();
        var exitCode = CommandLine.Parse([.. path.Split(' ').Skip(1), "--help"]).Invoke(new InvocationConfiguration { Output = help });
        var examples = ExampleLine().Matches(help.ToString()[help.ToString().IndexOf("Examples:", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(0, exitCode);
        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            Assert.StartsWith(path + (path == "orc" ? " " : ""), example, StringComparison.Ordinal);
            Assert.Empty(CommandLine.Parse([.. Words(example).Skip(1)]).Errors);
        });
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Document_OfTheCommandLine_NamesEveryCommand(string path)
    {
        var command = All(CommandLine.Build()).Single(one => CliCommand.PathOf(one) == path);

        Assert.True(
            command.Hidden || command.Subcommands.Count > 0 || Document.Contains($"| `{path["orc ".Length..]}` |", StringComparison.Ordinal), $"docs/cli.md does not list {path}.");
    }

    [Fact]
    public void Document_OfTheCommandLine_NamesNoOtherCommandAndEveryExitCode()
    {
        var known = All(CommandLine.Build()).Select(CliCommand.PathOf).ToHashSet();
        var codes = typeof(CliExitCodes).GetFields().Select(field => (int)field.GetRawConstantValue()!);

        Assert.All(DocumentedCommand().Matches(Document).Select(match => $"orc {match.Groups[1].Value}"), path => Assert.Contains(path, known));
        Assert.All(codes, code => Assert.Contains($"| {code} |", Document, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_OfEveryCommand_AreExplained() =>
        Assert.All(
            All(CommandLine.Build()).SelectMany(command => command.Options.Where(option => option is not HelpOption).Cast<Symbol>().Concat(command.Arguments)),
            symbol => Assert.True(symbol.Description is { Length: > 0 }, symbol.Name));

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);

    /// <summary>A line as a shell has it, with both kinds of quotes.</summary>
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        foreach (Match match in Word().Matches(line))
        {
            var word = new StringBuilder();
            foreach (Capture part in match.Groups["part"].Captures)
            {
                word.Append(part.Value is ['\'' or '"', .. var inner, _] ? inner : part.Value);
            }

            words.Add(word.ToString());
        }

        return words;
    }

    [GeneratedRegex(@"^  (orc\b.*?)\r?$", RegexOptions.Multiline)]
    private static partial Regex ExampleLine();

    [GeneratedRegex(@"(?<part>'[^']*'|""[^""]*""|[^\s'""]+)+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\| `([a-z][a-z -]*)` \|", RegexOptions.Multiline)]
    private static partial Regex DocumentedCommand();
}

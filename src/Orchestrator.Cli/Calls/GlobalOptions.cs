using System.CommandLine;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;
using Orchestrator.Client;

namespace Orchestrator.Cli.Calls;

/// <summary>Options that every command takes, before or after its name.</summary>
internal static class GlobalOptions
{
    public const string UrlVariable = "ORCHESTRATOR_URL";
    public const string KeyVariable = "ORCHESTRATOR_KEY";
    public const string WorkspaceVariable = "ORCHESTRATOR_WORKSPACE";
    public const string DefaultWorkspace = "default";

    private const string Expectation = "must be an http or https address without ? and #.";

    public static readonly Option<string?> Url = Checked(
        new("--url") { Description = $"Where the gateway is; {UrlVariable}, or {OrchestratorClientOptions.DefaultBaseAddress}, by default.", HelpName = "url", Recursive = true },
        Expectation,
        IsAddress);

    public static readonly Option<string?> Key = new("--key") { Description = $"The key to show to the gateway; {KeyVariable} by default.", HelpName = "key", Recursive = true };

    public static readonly Option<OutputFormat> Format = Choice();

    public static readonly Option<bool> NoColor = new("--no-color") { Description = "Without colours, as with NO_COLOR.", Recursive = true };

    public static readonly Option<string?> Workspace = Checked(
        new("--workspace", "-w") { Description = $"The workspace; {WorkspaceVariable}, or {DefaultWorkspace}, by default.", HelpName = "workspace", Recursive = true },
        "must name a workspace.",
        text => text.Length > 0);

    public static IReadOnlyList<Option> All { get; } = [Url, Key, Workspace, Format, NoColor];

    public static string WorkspaceOf(ParseResult arguments) =>
        arguments.GetValue(Workspace) ?? (Environment.GetEnvironmentVariable(WorkspaceVariable) is { Length: > 0 } named ? named : DefaultWorkspace);

    public static Uri UrlOf(ParseResult arguments)
    {
        if (arguments.GetValue(Url) is { } given)
        {
            return new Uri(given);
        }

        if (Environment.GetEnvironmentVariable(UrlVariable) is not { Length: > 0 } variable)
        {
            return OrchestratorClientOptions.DefaultBaseAddress;
        }

        return IsAddress(variable) ? new Uri(variable) : throw new CliException(CliExitCodes.Usage, $"{UrlVariable} {Expectation}");
    }

    public static string? KeyOf(ParseResult arguments)
    {
        var key = arguments.GetValue(Key) ?? Environment.GetEnvironmentVariable(KeyVariable);
        return key is null || key.All(static character => character is > ' ' and <= '~')
            ? key
            : throw new CliException(CliExitCodes.Usage, $"The key (--key, {KeyVariable}) has characters that no key has.");
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && !text.Contains('?', StringComparison.Ordinal) && !text.Contains('#', StringComparison.Ordinal);

    private static Option<string?> Checked(Option<string?> option, string expectation, Predicate<string> isGood)
    {
        Input.Check(option, expectation, isGood);
        return option;
    }

    private static Option<OutputFormat> Choice()
    {
        var option = new Option<OutputFormat>("--output", "-o")
        {
            Description = "How data is printed: table, json as the API answers it, or jsonl with a value a line. Default: table.",
            HelpName = "table|json|jsonl",
            Recursive = true,
            CustomParser = result =>
            {
                if (!OutputFormats.TryParse(result.Tokens.Single().Value, out var format))
                {
                    result.AddError("--output must be table, json or jsonl.");
                }

                return format;
            },
        };
        option.CompletionSources.Add(OutputFormats.Names);
        return option;
    }
}

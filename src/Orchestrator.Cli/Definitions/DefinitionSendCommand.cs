using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Contracts.Definitions;

namespace Orchestrator.Cli.Definitions;

/// <summary>Publishes a definition, or only checks it.</summary>
internal sealed class DefinitionSendCommand : ApiCommand
{
    private readonly bool _publishes;
    private readonly Argument<string> _file = new("file") { Description = "The definition; - for standard input." };
    private readonly Option<string?> _format = Input.Choice("--format", "How it is written; as the file's name says by default, YAML where it says nothing.", "json", "yaml");

    public DefinitionSendCommand(string name, string summary, bool publishes)
        : base(name, summary, $"orc definition {name} digest.yaml", $"orc definition {name} - --format json")
    {
        _publishes = publishes;
        Takes(_file, _format);
    }

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var file = JsonSource.FileOf(call.Get(_file));
        var text = await JsonSource.TextAsync(file, call.Interrupted);
        var isYaml = (call.Get(_format) ?? (file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "json" : "yaml")) == "yaml";
        var definition = _publishes
            ? await call.Client.Definitions.PublishAsync(text, isYaml, call.Interrupted)
            : await call.Client.Definitions.CheckAsync(text, isYaml, call.Interrupted);
        foreach (var warning in definition.Warnings ?? [])
        {
            Notices.Tell($"Warning: {warning.Path} {warning.Message}");
        }

        return call.Show(call.Printer.IsTable ? Short(definition) : definition);
    }

    /// <summary>Without the texts that have just been sent.</summary>
    private static DefinitionResponse Short(DefinitionResponse definition) => definition with { Document = null, Source = null, Warnings = null };
}

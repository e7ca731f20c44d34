using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Definitions;

/// <summary><c>orc definition …</c></summary>
internal static class DefinitionCommands
{
    public static CommandGroup Group() => new(
        "definition",
        "Publishes, checks and finds definitions of runs.",
        new DefinitionSendCommand("publish", "Publishes a definition; the same document again is no mistake.", publishes: true),
        new DefinitionSendCommand("validate", "Checks a definition, and publishes nothing.", publishes: false),
        new DefinitionListCommand(),
        new DefinitionGetCommand(),
        new DefinitionSchemaCommand());
}

using System.Text.Json;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Definitions;

internal sealed class DefinitionSchemaCommand() : ApiCommand("schema", "Prints the JSON Schema of definitions, for editors.", "orc definition schema")
{
    protected override async Task<int> RunAsync(ApiCall call)
    {
        var schema = await call.Client.Definitions.GetSchemaAsync(call.Interrupted);
        using var document = JsonDocument.Parse(schema.Utf8);
        Console.WriteLine(SafeJson.OneLine(document.RootElement));
        return CliExitCodes.Success;
    }
}

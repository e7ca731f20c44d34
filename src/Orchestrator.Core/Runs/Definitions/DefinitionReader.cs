using Orchestrator.Core.Json;
using Orchestrator.Core.Runs.Definitions.Reading;
using Orchestrator.Core.Runs.Definitions.Source;

namespace Orchestrator.Core.Runs.Definitions;

/// <summary>Reads definitions and checks them as a whole.</summary>
public static class DefinitionReader
{
    private static readonly SourcePlace Beginning = new(1, 1);

    /// <summary>Reads a document in JSON, UTF-8.</summary>
    public static DefinitionResult ReadJson(ReadOnlyMemory<byte> utf8)
    {
        var problems = new ProblemList();
        return IsTooLarge(utf8.Length, problems) ? new DefinitionResult(null, problems.ToList()) : Read(JsonSource.Read(utf8, problems), problems);
    }

    /// <summary>Tells where a document has more bytes than are taken.</summary>
    public static bool IsTooLarge(int bytes, ProblemList problems)
    {
        if (bytes <= RunLimits.MaxDefinitionBytes)
        {
            return false;
        }

        problems.Add(JsonPointer.Root, Beginning, $"has {bytes} bytes; at most {RunLimits.MaxDefinitionBytes} are taken.");
        return true;
    }

    /// <summary>Reads a document whatever its format was.</summary>
    /// <param name="root">Null where there is none, of which a problem tells.</param>
    /// <param name="problems">What was found wrong with it already; gets what else is.</param>
    public static DefinitionResult Read(SourceNode? root, ProblemList problems)
    {
        if (root is null)
        {
            return new DefinitionResult(null, problems.ToList());
        }

        var definition = new DocumentReader(problems).Read(root);
        ReadOnlyMemory<byte> json = problems.Any ? default : root.ToJson();

        // What is kept is the JSON, which must be read again.
        if (definition is null || problems.Any || IsTooLarge(json.Length, problems))
        {
            return new DefinitionResult(null, problems.ToList()) { Root = root };
        }

        var subRuns = definition.Steps.Index().Where(step => step.Item.Run is not null).Select(step => (step.Item.Run!, $"/steps/{step.Index}/run"));
        return new DefinitionResult(definition, []) { Root = root, Json = json, SubRuns = [.. subRuns] };
    }
}

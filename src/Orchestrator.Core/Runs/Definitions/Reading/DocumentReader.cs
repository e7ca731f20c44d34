using Orchestrator.Core.Json;
using Orchestrator.Core.Naming;
using Orchestrator.Core.Runs.Definitions.Source;

namespace Orchestrator.Core.Runs.Definitions.Reading;

/// <summary>Reads a whole definition.</summary>
internal sealed class DocumentReader(ProblemList problems)
{
    private readonly ExpressionReader _expressions = new(problems);

    /// <summary>The definition, which is sound only where no problem was told; null where the document is no object.</summary>
    public RunDefinition? Read(SourceNode root)
    {
        if (MemberReader.Open(root, JsonPointer.Root, problems, Members.Definition) is not { } document)
        {
            return null;
        }

        var name = ReadName(document);
        var execution = document.Object("execution", Members.Execution);
        var definition = new RunDefinition
        {
            Name = name,
            Description = document.Text("description", RunLimits.MaxDescriptionLength),
            InputSchema = ReadSchema(document),
            MaxParallel = (int?)execution?.Object("concurrency", Members.Concurrency)?.Integer("maxParallel", 1, RunLimits.MaxMaxParallel),
            TimeoutMs = execution?.Integer("timeoutMs", 1, RunLimits.MaxRunTimeoutMs),
            Steps = [],
        };

        var scope = new ReadScope(null, []);
        if (document.Find("output") is { } output)
        {
            definition = definition with { Output = _expressions.ReadTemplate(output, document.At("output"), scope) };
        }

        document.Require("steps");
        var drafts = ReadSteps(document, name);
        if (drafts.Count == 0)
        {
            return definition;
        }

        var graph = new StepGraph(drafts, problems);
        var steps = graph.Connect();
        graph.CheckOutput(scope.References);
        return definition with { Steps = steps };
    }

    private DefinitionName ReadName(MemberReader document)
    {
        document.Text("$schema");
        var owner = ReadPart(document, "owner", static text => ResourceName.IsValid(text), ResourceName.Pattern);
        var name = ReadPart(document, "name", static text => ResourceName.IsValid(text), ResourceName.Pattern);
        return new DefinitionName(owner, name, ReadPart(document, "version", static text => DefinitionName.IsVersion(text), DefinitionName.VersionPattern));
    }

    private string ReadPart(MemberReader document, string member, Func<string, bool> isSound, string pattern)
    {
        document.Require(member);
        if (document.Text(member) is not { } text)
        {
            return "";
        }

        if (!isSound(text))
        {
            problems.Add(document.At(member), document.Find(member)!.Place, $"must be of the form {pattern}.");
        }

        return text;
    }

    private ReadOnlyMemory<byte>? ReadSchema(MemberReader document)
    {
        if (document.Find("input") is not { } schema)
        {
            return null;
        }

        if (schema.Kind is SourceKind.Map or SourceKind.Boolean)
        {
            return schema.ToJson();
        }

        MemberReader.Expect(schema, document.At("input"), problems, "must be a JSON Schema: an object, true or false.");
        return null;
    }

    private List<StepDraft> ReadSteps(MemberReader document, DefinitionName name)
    {
        var reader = new StepReader(problems, name);
        var drafts = new List<StepDraft>();
        foreach (var (node, path) in document.Items("steps", 1, RunLimits.MaxSteps, "steps"))
        {
            if (reader.Read(node, path) is { } step)
            {
                drafts.Add(step);
            }
        }

        return drafts;
    }
}

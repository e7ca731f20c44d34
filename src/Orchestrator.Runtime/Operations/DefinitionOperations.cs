using System.Text;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Runtime.Definitions;
using Orchestrator.Runtime.Runs;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Runtime.Operations;

public sealed class DefinitionOperations(IDefinitionStore definitions, IInputSchemaReader schemas) : IDefinitionOperations
{
    public async Task<PublishOutcome> PublishAsync(DefinitionText text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var outcome = await ReadAsync(text, cancellationToken).ConfigureAwait(false);
        if (outcome is not PublishOutcome.Checked found)
        {
            return outcome;
        }

        var name = found.Definition.Name;
        var result = await definitions.PublishAsync(
            name, found.Definition.Description, found.Document, Encoding.UTF8.GetString(text.Utf8.Span), NameOf(text.Format), cancellationToken).ConfigureAwait(false);
        return result switch
        {
            PublishResult.Published published => new PublishOutcome.Published(published.Definition),
            PublishResult.Unchanged unchanged => new PublishOutcome.Unchanged(unchanged.Definition),
            PublishResult.Differs => new PublishOutcome.Differs(name),
            _ => new PublishOutcome.TooMany(),
        };
    }

    public async Task<PublishOutcome> CheckAsync(DefinitionText text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var outcome = await ReadAsync(text, cancellationToken).ConfigureAwait(false);
        if (outcome is not PublishOutcome.Checked { Definition.Name: var name, Document: var document }
            || await definitions.FindAsync(name.Owner, name.Name, name.Version, cancellationToken).ConfigureAwait(false) is not { } published)
        {
            return outcome;
        }

        return published.Document.Span.SequenceEqual(document.Span) ? new PublishOutcome.Unchanged(published) : new PublishOutcome.Differs(name);
    }

    /// <summary>How a format is called where it is stored and told.</summary>
    public static string NameOf(DefinitionFormat format) => format == DefinitionFormat.Yaml ? "yaml" : "json";

    private async Task<PublishOutcome> ReadAsync(DefinitionText text, CancellationToken cancellationToken)
    {
        var result = text.Format == DefinitionFormat.Yaml ? YamlDefinitionReader.Read(text.Utf8) : DefinitionReader.ReadJson(text.Utf8);
        if (result.Definition is not { } definition)
        {
            return new PublishOutcome.Invalid(result.Problems);
        }

        List<DefinitionProblem> problems = [.. FindSchemaProblems(result, definition), .. await FindSubRunProblemsAsync(result, cancellationToken).ConfigureAwait(false)];
        return problems.Count > 0 ? new PublishOutcome.Invalid(problems) : new PublishOutcome.Checked(definition, result.Json);
    }

    private IEnumerable<DefinitionProblem> FindSchemaProblems(DefinitionResult result, RunDefinition definition) =>
        definition.InputSchema is { } schema && schemas.Read(schema, out var mistakes) is null
            ? mistakes.Select(mistake => result.ProblemAt($"/input{mistake.Path}", mistake.Message))
            : [];

    private async Task<IEnumerable<DefinitionProblem>> FindSubRunProblemsAsync(DefinitionResult result, CancellationToken cancellationToken)
    {
        if (result.SubRuns.Count == 0)
        {
            return [];
        }

        var named = result.SubRuns.Select(static run => run.Name).ToHashSet();
        var published = (await definitions.FindExistingAsync(named, cancellationToken).ConfigureAwait(false)).ToHashSet();
        return result.SubRuns
            .Where(run => !published.Contains(run.Name))
            .Select(run => result.ProblemAt(run.Path, $"names {run.Name}, which is not published; publish it first."));
    }
}

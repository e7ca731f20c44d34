using System.Text;
using Orchestrator.Core.Json;
using Orchestrator.Core.Runs.Definitions;
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
        var result = DefinitionReader.ReadJson(text.Utf8);
        var problems = new List<DefinitionProblem>(result.Problems);
        if (result.Definition is { } definition)
        {
            CheckInputSchema(definition, problems);
            await CheckSubRunsAsync(definition, problems, cancellationToken).ConfigureAwait(false);
            if (problems.Count == 0)
            {
                return new PublishOutcome.Checked(definition, text.Utf8);
            }
        }

        return new PublishOutcome.Invalid(problems);
    }

    private void CheckInputSchema(RunDefinition definition, List<DefinitionProblem> problems)
    {
        if (definition.InputSchema is { } schema && schemas.Read(schema, out var mistakes) is null)
        {
            problems.AddRange(mistakes.Select(mistake => new DefinitionProblem($"/input{mistake.Path}", 1, 1, mistake.Message)));
        }
    }

    private async Task CheckSubRunsAsync(RunDefinition definition, List<DefinitionProblem> problems, CancellationToken cancellationToken)
    {
        var named = definition.Steps.Where(static step => step.Run is not null).Select(static step => step.Run!).ToHashSet();
        if (named.Count == 0)
        {
            return;
        }

        named.ExceptWith(await definitions.FindExistingAsync(named, cancellationToken).ConfigureAwait(false));
        for (var i = 0; i < definition.Steps.Count; i++)
        {
            if (definition.Steps[i].Run is { } run && named.Contains(run))
            {
                problems.Add(new DefinitionProblem(
                    JsonPointer.Append(JsonPointer.Append("/steps", i), "run"), 1, 1, $"names {run}, which is not published; publish it first."));
            }
        }
    }
}

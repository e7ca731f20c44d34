using Orchestrator.Contracts.Runs;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Gateway.Responses;
using Orchestrator.Runtime.Runs;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Gateway.Api;

/// <summary>Answers runs with what their definitions call their steps.</summary>
internal sealed class RunAnswers(DefinitionLookup definitions)
{
    public async Task<RunResponse> AnswerAsync(RunRecord run, CancellationToken cancellationToken) =>
        run.ToResponse(await FindTitlesAsync(run.Definition, cancellationToken));

    /// <summary>Runs in a list.</summary>
    public async Task<IReadOnlyList<RunResponse>> ListAsync(IEnumerable<RunRecord> runs, CancellationToken cancellationToken)
    {
        var entries = new List<RunResponse>();
        foreach (var run in runs)
        {
            entries.Add(run.ToListEntry(run.HasWaitingSteps() ? await FindTitlesAsync(run.Definition, cancellationToken) : KnownDefinition.NoTitles));
        }

        return entries;
    }

    /// <summary>What a definition calls those of its steps that it names or describes, by their ids.</summary>
    public async Task<IReadOnlyDictionary<string, StepTitle>> FindTitlesAsync(DefinitionName name, CancellationToken cancellationToken) =>
        (await definitions.FindAsync(name.Owner, name.Name, name.Version, cancellationToken)
            ?? throw new InvalidOperationException($"There are runs of {name}, which is not published.")).Titles;
}

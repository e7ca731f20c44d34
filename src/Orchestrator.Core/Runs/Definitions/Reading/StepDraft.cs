using Orchestrator.Core.Runs.Definitions.Source;

namespace Orchestrator.Core.Runs.Definitions.Reading;

/// <summary>A step as it stands in the document, before it is known which steps there are.</summary>
/// <param name="Definition">Without its needs.</param>
/// <param name="References">The steps that it names in <c>needs</c>, then those that its expressions read.</param>
internal sealed record StepDraft(StepDefinition Definition, SourceNode Node, string Path, IReadOnlyList<StepReference> References)
{
    public string Id => Definition.Id;
}

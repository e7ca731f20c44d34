using Orchestrator.Core.Runs.Definitions.Source;

namespace Orchestrator.Core.Runs.Definitions.Reading;

/// <summary>A place where a step names another one.</summary>
/// <param name="Node">The entry of <c>needs</c>, or what holds the expression that reads the step.</param>
internal sealed record StepReference(string Step, SourceNode Node, string Path, bool IsRead)
{
    public (string Path, SourcePlace Place) Locate() => IsRead ? ReadPlaces.OfStep(Node, Path, Step) : (Path, Node.Place);
}

namespace Orchestrator.Contracts.Runs;

/// <summary>Paths of a run's own endpoints.</summary>
/// <param name="Self">The run.</param>
/// <param name="Events">Its history.</param>
/// <param name="Abort">Where a POST aborts it.</param>
public sealed record RunLinks(string Self, string Events, string Abort)
{
    public static RunLinks Of(Guid id) => new($"/api/v1/runs/{id}", $"/api/v1/runs/{id}/events", $"/api/v1/runs/{id}/abort");
}

namespace Orchestrator.Contracts.Tasks;

/// <summary>Paths of a task's own endpoints.</summary>
/// <param name="Self">The task.</param>
/// <param name="Events">Its history.</param>
/// <param name="Cancel">Where a POST cancels it.</param>
public sealed record TaskLinks(string Self, string Events, string Cancel)
{
    public static TaskLinks Of(Guid id) => new($"/api/v1/tasks/{id}", $"/api/v1/tasks/{id}/events", $"/api/v1/tasks/{id}/cancel");
}

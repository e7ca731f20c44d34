using Orchestrator.Client.Http;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Client.Tasks;

/// <content>What people say to tasks, and decide for them.</content>
public sealed partial class TaskClient
{
    /// <summary>Says something to a task that has not ended; however often the request must be sent, it is said once.</summary>
    /// <param name="messages">1 to 100, in order; all are accepted or none.</param>
    /// <param name="key">The <c>Idempotency-Key</c>: calls with the same key say it once. Null for one of this call's own.</param>
    public Task<MessagesResponse> SendMessagesAsync(
        Guid id, IReadOnlyList<MessageRequest> messages, string? key = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var request = ApiRequest.Submit($"/tasks/{id}/messages", new SendMessagesRequest { Messages = messages }, key);
        return _api.SendAsync<MessagesResponse>(request, cancellationToken);
    }

    /// <summary>
    /// Decides what a task asks that waits for approval; refused as <c>not-asked</c> when it asks nothing. When the answer is lost it
    /// is not sent again: the task may ask something else by now.
    /// </summary>
    public Task<TaskResponse> ApproveAsync(Guid id, ApproveTaskRequest decision, CancellationToken cancellationToken = default) =>
        _api.SendAsync<TaskResponse>(ApiRequest.Create($"/tasks/{id}/approve", decision), cancellationToken);
}

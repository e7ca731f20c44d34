using Orchestrator.Client.Leases;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Leases;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>A task in the hands of the test, which decides when it says something and when it ends.</summary>
public sealed class Work(LeaseClient leases, RemoteLease lease)
{
    /// <summary>What the test alone can do.</summary>
    public const string Action = "test.work";

    public Task SayAsync(string piece) => leases.AppendAsync(lease.Token, [piece]);

    public Task ProgressAsync(double fraction, string message) => leases.ProgressAsync(lease.Token, fraction, message);

    public Task CompleteAsync(string result) => leases.CompleteAsync(lease.Token, RawJson.From(result));

    /// <param name="retryAfter">When to try again; null for never.</param>
    public Task FailAsync(string code, string message, TimeSpan? retryAfter = null) => leases.FailAsync(
        lease.Token, new FailRequest { Code = code, Message = message, Retryable = retryAfter is not null, RetryAfterMs = (long?)retryAfter?.TotalMilliseconds });

    /// <summary>What people said to it.</summary>
    public async Task<IReadOnlyList<string>> ReadMessagesAsync() => [.. (await leases.HeartbeatAsync(lease.Token)).Messages.Select(message => message.Content)];

    public async Task<bool> IsCancelledAsync() => (await leases.HeartbeatAsync(lease.Token)).Cancelled;
}

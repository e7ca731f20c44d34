using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Leases;

namespace Orchestrator.Client.Workers;

/// <summary>One attempt of a task, as its handler sees it.</summary>
public sealed class RemoteAttempt
{
    private readonly AttemptLease _lease;
    private readonly AttemptReports _reports;

    internal RemoteAttempt(LeasedTask task, AttemptLease lease, AttemptReports reports)
    {
        Task = task;
        _lease = lease;
        _reports = reports;
    }

    public LeasedTask Task { get; }

    /// <summary>What was submitted for the worker.</summary>
    public RawJson Input => Task.Input ?? new RawJson("null"u8.ToArray());

    /// <summary>What the attempt consumed; told with its result.</summary>
    public UsageRequest? Usage { get; set; }

    /// <summary>Why the attempt was told to stop.</summary>
    public RemoteStop Stop => _lease.Stop;

    /// <summary>What was said to the task and not consumed by a checkpoint yet, as of the last heartbeat.</summary>
    public IReadOnlyList<LeaseMessage> Messages => _lease.Messages;

    /// <summary>Tells how far the attempt has come. A hint: it is sent soon, in order, and only the latest counts.</summary>
    public void ReportProgress(double fraction, string? message = null) => _reports.Report(fraction, message);

    /// <summary>Appends a piece of output for those who follow the task. Waits only while too much is not sent yet.</summary>
    public ValueTask AppendAsync(string chunk, CancellationToken cancellationToken = default) => _reports.AppendAsync(chunk, cancellationToken);

    /// <summary>Asks now, rather than at the next heartbeat, for what was said to the task.</summary>
    public async Task<IReadOnlyList<LeaseMessage>> ReadMessagesAsync(CancellationToken cancellationToken = default)
    {
        await _lease.RenewAsync(null, cancellationToken).ConfigureAwait(false);
        return Messages;
    }

    /// <summary>Keeps what the next attempt would have to know, and in the same write marks messages as consumed.</summary>
    /// <param name="consumedThrough">The number of the last message that it took in; null for none.</param>
    /// <exception cref="OperationCanceledException">The attempt is over.</exception>
    public Task SaveAsync(RawJson checkpoint, int? consumedThrough = null, CancellationToken cancellationToken = default) =>
        _lease.RenewAsync(new HeartbeatRequest { Checkpoint = checkpoint, ConsumedThrough = consumedThrough }, cancellationToken);
}

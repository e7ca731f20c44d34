using Orchestrator.Client.Http;
using Orchestrator.Client.Leases;
using Orchestrator.Contracts.Leases;

namespace Orchestrator.Client.Workers;

/// <summary>
/// The right to write of one attempt: renewed at a third of its length, and given up by this side's own clock a little before it
/// runs out, so that nothing goes on that another worker may have begun.
/// </summary>
internal sealed class AttemptLease : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    private readonly RemoteLease _lease;
    private readonly LeaseClient _once;
    private readonly TimeProvider _time;
    private readonly Action<string, Exception?> _report;
    private readonly CancellationTokenSource _work = new();
    private readonly CancellationTokenSource _held;
    private readonly CancellationTokenRegistration _running;
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<LeaseMessage> _messages = [];
    private volatile RemoteStop _stop;
    private bool _isOver;
    private long _renewedAt;
    private int _consumedThrough;
    private long _heldUntil;

    public AttemptLease(RemoteLease lease, ApiConnection api, Action<string, Exception?> report)
    {
        _lease = lease;
        _time = api.Time;
        _report = report;
        Length = TimeSpan.FromMilliseconds(Math.Max(1, lease.ExpiresInMs));
        _once = new LeaseClient(api.With(new RequestRetryOptions { MaxAttempts = 1 }, Length / 3));
        Work = _work.Token;
        _held = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        Held = _held.Token;
        _running = _held.Token.Register(() => End(RemoteStop.LeaseLost));
        Extend(_time.GetTimestamp(), lease.ExpiresInMs);
    }

    /// <summary>How long it was good for at first.</summary>
    public TimeSpan Length { get; }

    /// <summary>Cancelled when the work must stop.</summary>
    public CancellationToken Work { get; }

    /// <summary>Cancelled when nothing can be written any more.</summary>
    public CancellationToken Held { get; }

    public RemoteStop Stop => _stop;

    public IReadOnlyList<LeaseMessage> Messages => _messages;

    /// <summary>Renews until told otherwise, or until there is nothing to renew.</summary>
    public async Task KeepAsync(CancellationToken ended)
    {
        try
        {
            var failed = false;
            while (_stop is RemoteStop.None or RemoteStop.Draining)
            {
                await Task.Delay(Pause(failed), _time, ended).ConfigureAwait(false);
                failed = !await TryRenewAsync(ended).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The attempt has ended.
        }
    }

    /// <summary>Renews now, with what the worker has come to, and tries for as long as it holds.</summary>
    /// <exception cref="OperationCanceledException">The attempt is over.</exception>
    public async Task RenewAsync(HeartbeatRequest? request, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Work);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await RenewOnceAsync(request, either.Token).ConfigureAwait(false);
                either.Token.ThrowIfCancellationRequested();
                return;
            }
            catch (OrchestratorException refusal) when (IsGone(refusal))
            {
                End(RemoteStop.LeaseLost);
                throw new OperationCanceledException("The lease is gone.", refusal, Work);
            }
            catch (OrchestratorException refusal) when (refusal.IsTransient)
            {
                await Task.Delay(Pause(failed: true), _time, either.Token).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Stops the work, for the first reason that there is.</summary>
    public void End(RemoteStop reason)
    {
        lock (_gate)
        {
            // Draining lets the end be written; what forbids that comes after it all the same.
            if (_isOver || !(_stop is RemoteStop.None || (_stop is RemoteStop.Draining && reason is not RemoteStop.Draining)))
            {
                return;
            }

            _stop = reason;
        }

        _work.Cancel();
    }

    /// <summary>Whether an answer says that there is no such lease any more.</summary>
    public static bool IsGone(OrchestratorException refusal) => refusal.Status is 409 or 404;

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
        }

        _running.Dispose();
        _held.Dispose();
        _work.Dispose();
    }

    private async Task<bool> TryRenewAsync(CancellationToken ended)
    {
        try
        {
            await RenewOnceAsync(null, ended).ConfigureAwait(false);
            return true;
        }
        catch (OrchestratorException refusal) when (IsGone(refusal))
        {
            End(RemoteStop.LeaseLost);
            return true;
        }
        catch (OrchestratorException refusal)
        {
            _report("A heartbeat failed; it is tried again while the lease holds.", refusal);
            return false;
        }
    }

    private async Task RenewOnceAsync(HeartbeatRequest? request, CancellationToken cancellationToken)
    {
        var sent = _time.GetTimestamp();
        var answer = await _once.HeartbeatAsync(_lease.Token, request, cancellationToken).ConfigureAwait(false);
        if (answer.Cancelled)
        {
            End(RemoteStop.Cancelled);
            return;
        }

        Hear(answer.Messages, sent, request?.ConsumedThrough ?? 0);
        Extend(sent, answer.ExpiresInMs ?? 0);
    }

    /// <summary>Answers that overlap may come in any order: what was consumed is not heard again.</summary>
    private void Hear(IReadOnlyList<LeaseMessage> messages, long from, int consumedThrough)
    {
        lock (_gate)
        {
            _consumedThrough = Math.Max(_consumedThrough, consumedThrough);
            _messages = [.. (from < _renewedAt ? _messages : messages).Where(message => message.Number > _consumedThrough)];
        }
    }

    private void Extend(long from, int milliseconds)
    {
        var length = TimeSpan.FromMilliseconds(milliseconds);
        var margin = TimeSpan.FromMilliseconds(Math.Min(1_000, length.TotalMilliseconds / 10));
        lock (_gate)
        {
            // Renewals overlap, and the answer to an earlier one may come after that to a later one.
            if (_isOver || from < _renewedAt)
            {
                return;
            }

            _renewedAt = from;
            _heldUntil = from + (long)((length - margin).TotalSeconds * _time.TimestampFrequency);
            _held.CancelAfter(Left());
        }
    }

    private TimeSpan Left()
    {
        var left = _time.GetElapsedTime(_time.GetTimestamp(), _heldUntil);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private TimeSpan Pause(bool failed)
    {
        var third = TimeSpan.FromTicks(Math.Min(Length.Ticks, Left().Ticks) / 3);
        var pause = failed && third > LongestPause ? LongestPause : third;
        return pause > ShortestPause ? pause : ShortestPause;
    }
}

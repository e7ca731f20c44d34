using Orchestrator.Client.Http;
using Orchestrator.Client.Leases;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Leases;

namespace Orchestrator.Client.Workers;

/// <summary>One attempt from its lease to its end: the handler, the heartbeats and reports beside it, and the write that settles it.</summary>
internal sealed class AttemptRun(RemoteLease lease, RemoteHandler handler, ApiConnection api, RemoteWorkerOptions options)
{
    /// <summary>What ends an attempt is worth trying for as long as its lease holds.</summary>
    private static readonly RequestRetryOptions WhileHeld = new() { MaxAttempts = int.MaxValue, MaxDelay = TimeSpan.FromSeconds(1) };

    /// <summary>How long a handler that is told to stop because the worker drains may take to end before it is left behind.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(2);

    private const int MaxMessageLength = 4_000;

    /// <param name="drained">Cancelled when the time to finish is up.</param>
    public async Task RunAsync(CancellationToken drained)
    {
        using var held = new AttemptLease(lease, api, Report);
        using var draining = drained.Register(() => held.End(RemoteStop.Draining));
        using var ended = new CancellationTokenSource();
        var patient = new LeaseClient(api.With(WhileHeld, TimeSpan.FromTicks(Math.Max(held.Length.Ticks / 3, TimeSpan.TicksPerSecond))));
        var reports = new AttemptReports(patient, lease.Token, api.Time, Report);
        var attempt = new RemoteAttempt(lease.Task, held, reports);
        var kept = held.KeepAsync(ended.Token);
        var sent = reports.SendAsync(held.Held);
        using var trace = WorkerTraces.Begin(lease);
        try
        {
            var end = await ExecuteAsync(attempt, held).ConfigureAwait(false);
            reports.Finish();
            await sent.ConfigureAwait(false);
            await SettleAsync(end, held, patient).ConfigureAwait(false);
        }
        finally
        {
            reports.Finish();
            await ended.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(kept, sent).ConfigureAwait(false);
        }
    }

    private async Task<AttemptEnd> ExecuteAsync(RemoteAttempt attempt, AttemptLease held)
    {
        // On a thread of its own: a handler that blocks keeps neither the heartbeats nor the next lease waiting.
        var work = Task.Run(() => handler(attempt, held.Work), CancellationToken.None);
        try
        {
            return AttemptEnd.Completed(await LimitAsync(work, held).ConfigureAwait(false), attempt.Usage);
        }
        catch (RemoteTaskException failure)
        {
            return AttemptEnd.Failed(new FailRequest
            {
                Code = failure.Code,
                Message = Words(failure.Message),
                Retryable = failure.Retryable,
                RetryAfterMs = (long?)failure.RetryAfter?.TotalMilliseconds,
                Usage = attempt.Usage,
            });
        }
        catch (Exception) when (held.Stop == RemoteStop.Draining)
        {
            return AttemptEnd.Failed(new FailRequest { Code = "worker_error", Message = "The worker stops before the attempt has ended.", Retryable = true, RetryAfterMs = 0, Usage = attempt.Usage });
        }
        catch (Exception exception)
        {
            return AttemptEnd.Failed(new FailRequest { Code = "worker_error", Message = Words($"{exception.GetType().Name}: {exception.Message}"), Usage = attempt.Usage });
        }
    }

    private async Task<RawJson?> LimitAsync(Task<RawJson?> work, AttemptLease held)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stopping = held.Work.Register(() => stopped.TrySetResult());
        await Task.WhenAny(work, stopped.Task).ConfigureAwait(false);
        if (held.Stop == RemoteStop.Draining)
        {
            await Task.WhenAny(work, Task.Delay(StopGrace, api.Time, CancellationToken.None)).ConfigureAwait(false);
            if (!work.IsCompleted)
            {
                Report("A handler does not stop; the worker leaves it behind.", null);
                throw new OperationCanceledException(held.Work);
            }
        }

        // In every other case the slot is free only when the handler has really ended.
        return await work.ConfigureAwait(false);
    }

    private async Task SettleAsync(AttemptEnd end, AttemptLease held, LeaseClient leases)
    {
        if (held.Stop is RemoteStop.Cancelled or RemoteStop.LeaseLost)
        {
            Report(held.Stop == RemoteStop.Cancelled ? "The task was cancelled; nothing is written." : "The lease is lost; nothing is written.", null);
            return;
        }

        try
        {
            await (end.Failure is { } failure
                ? leases.FailAsync(lease.Token, failure, held.Held)
                : leases.CompleteAsync(lease.Token, end.Result, end.Usage, held.Held)).ConfigureAwait(false);
        }
        catch (OrchestratorException refusal) when (AttemptLease.IsGone(refusal))
        {
            Report("The lease was lost before the end could be written.", refusal);
        }
        catch (OrchestratorException refusal) when (end.Failure is null && !refusal.IsTransient)
        {
            // The result itself cannot be taken: too large, say. The task must not wait for its lease to run out to learn that.
            Report("The result was refused.", refusal);
            await SettleAsync(AttemptEnd.Failed(new FailRequest { Code = "invalid_output", Message = Words(refusal.Message) }), held, leases).ConfigureAwait(false);
        }
        catch (OrchestratorException refusal)
        {
            Report("The end of the attempt could not be written.", refusal);
        }
        catch (OperationCanceledException) when (held.Held.IsCancellationRequested)
        {
            Report("The lease ran out before the end could be written.", null);
        }
    }

    /// <summary>What the server takes and keeps of a message.</summary>
    private static string Words(string message)
    {
        var clean = message.Replace('\0', ' ');
        return clean.Length <= MaxMessageLength ? clean : clean[..(char.IsHighSurrogate(clean[MaxMessageLength - 1]) ? MaxMessageLength - 1 : MaxMessageLength)];
    }

    private void Report(string message, Exception? cause) => options.OnProblem?.Invoke(new RemoteWorkerProblem(message, lease.Task, cause));

    private sealed record AttemptEnd(RawJson? Result, UsageRequest? Usage, FailRequest? Failure)
    {
        public static AttemptEnd Completed(RawJson? result, UsageRequest? usage) => new(result, usage, null);

        public static AttemptEnd Failed(FailRequest failure) => new(null, null, failure);
    }
}

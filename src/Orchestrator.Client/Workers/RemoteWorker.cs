using Orchestrator.Client.Http;
using Orchestrator.Client.Leases;
using Orchestrator.Contracts.Leases;

namespace Orchestrator.Client.Workers;

/// <summary>
/// Executes tasks that it leases over HTTP: waits for as many as it has free slots, keeps their leases alive, and settles them.
/// Gateways may come and go meanwhile.
/// </summary>
public sealed class RemoteWorker
{
    private static readonly RequestRetryOptions Once = new() { MaxAttempts = 1 };

    private readonly ApiConnection _api;
    private readonly LeaseClient _leases;
    private readonly RemoteWorkerOptions _options;
    private readonly RemoteHandler _handler;

    public RemoteWorker(OrchestratorClient client, RemoteWorkerOptions options, RemoteHandler handler)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(handler);
        options.Check();
        _api = client.Connection;
        _leases = new LeaseClient(_api.With(Once, client.Options.RequestTimeout));
        _options = options;
        _handler = handler;
    }

    /// <summary>
    /// Works until <paramref name="stop"/>; then it takes on nothing more, lets what runs finish within
    /// <see cref="RemoteWorkerOptions.DrainTimeout"/>, gives the rest back, and returns.
    /// </summary>
    /// <exception cref="OrchestratorException">The worker's requests are refused for good, as without the right to lease. What runs is finished first.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var slots = new SemaphoreSlim(_options.Slots);
        using var drained = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _api.Time);
        try
        {
            await WorkAsync(slots, drained.Token, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop while it waited for a slot or for a task.
        }
        finally
        {
            drained.CancelAfter(_options.DrainTimeout);
            await AllFreeAsync(slots).ConfigureAwait(false);
        }
    }

    private async Task WorkAsync(SemaphoreSlim slots, CancellationToken drained, CancellationToken stop)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            await slots.WaitAsync(stop).ConfigureAwait(false);
            var free = 1;
            while (slots.Wait(0, CancellationToken.None))
            {
                free++;
            }

            IReadOnlyList<RemoteLease> taken = [];
            OrchestratorException? failure = null;
            try
            {
                taken = await _leases.TakeAsync(Wanted(free), stop).ConfigureAwait(false);
                failures = 0;
            }
            catch (OrchestratorException exception) when (exception.IsTransient)
            {
                failure = exception;
            }
            finally
            {
                if (free > taken.Count)
                {
                    slots.Release(free - taken.Count);
                }
            }

            foreach (var lease in taken)
            {
                _ = RunAsync(lease, slots, drained);
            }

            if (failure is not null)
            {
                _options.OnProblem?.Invoke(new RemoteWorkerProblem("No task could be asked for; it is tried again.", null, failure));
                await Task.Delay(Backoff.Delay(_api.Options.Retry, ++failures, failure.RetryAfter), _api.Time, stop).ConfigureAwait(false);
            }
        }
    }

    private LeaseRequest Wanted(int free) => new()
    {
        Actions = _options.Actions,
        Workspaces = _options.Workspaces,
        Skills = _options.Skills,
        Slots = free,
        WaitMs = (int)_options.Poll.TotalMilliseconds,
    };

    private async Task RunAsync(RemoteLease lease, SemaphoreSlim slots, CancellationToken drained)
    {
        try
        {
            await new AttemptRun(lease, _handler, _api, _options).RunAsync(drained).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The lease runs out, and the task is tried again; the worker goes on.
            _options.OnProblem?.Invoke(new RemoteWorkerProblem("An attempt broke.", lease.Task, exception));
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task AllFreeAsync(SemaphoreSlim slots)
    {
        for (var free = 0; free < _options.Slots; free++)
        {
            await slots.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Client;
using Orchestrator.Client.Workers;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Runtime.Options;

namespace Orchestrator.Gateway.Tests.Clients;

/// <summary>A worker loop and a gateway whose leases last a few seconds, with a proxy between them.</summary>
public abstract class RemoteWorkerBench : IAsyncLifetime
{
    protected const string Action = "remote.work";
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Long enough for heartbeats to be sent and answered in time on a machine that is busy with other tests.</summary>
    protected static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(6);

    protected CancellationTokenSource Stop { get; } = new();

    protected ConcurrentQueue<RemoteWorkerProblem> Problems { get; } = new();

    protected TestGateway Gateway { get; private set; } = null!;

    protected FaultyProxy Proxy { get; private set; } = null!;

    protected OrchestratorClient Client { get; private set; } = null!;

    protected Task Working { get; private set; } = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        Gateway = await TestGateway.StartAsync(builder => builder.Services.Configure<LeaseOptions>(options =>
        {
            options.Duration = LeaseDuration;
            options.HeartbeatInterval = TimeSpan.FromSeconds(1);
        }));
        Proxy = new FaultyProxy(Gateway.Address);
        Client = new OrchestratorClient(new OrchestratorClientOptions
        {
            BaseAddress = Proxy.Address,
            Retry = new RequestRetryOptions { BaseDelay = TimeSpan.FromMilliseconds(10), MaxDelay = TimeSpan.FromMilliseconds(100) },
        });
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        Client.Dispose();
        await Proxy.DisposeAsync();
        await Gateway.DisposeAsync();
        Stop.Dispose();
    }

    protected void Work(RemoteHandler handler, int slots = 4, TimeSpan? drain = null)
    {
        var options = new RemoteWorkerOptions
        {
            Actions = [Action],
            Slots = slots,
            DrainTimeout = drain ?? TimeSpan.FromSeconds(10),
            OnProblem = Problems.Enqueue,
        };
        Working = new RemoteWorker(Client, options, handler).RunAsync(Stop.Token);
    }

    /// <summary>Works on nothing until told to stop; answers why.</summary>
    protected Task<RemoteStop> Hang(out Task started)
    {
        var begun = new TaskCompletionSource();
        var stopped = new TaskCompletionSource<RemoteStop>();
        Work(async (attempt, cancellationToken) =>
        {
            begun.TrySetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
            finally
            {
                stopped.TrySetResult(attempt.Stop);
            }

            return null;
        });
        started = begun.Task;
        return stopped.Task;
    }

    protected async Task<Guid> SubmitAsync(object? input = null, Func<SubmitTaskRequest, SubmitTaskRequest>? more = null)
    {
        var task = new SubmitTaskRequest { Action = Action, Input = JsonValues.ToRawJson(input) };
        return (await Client.Tasks.SubmitAsync("default", more?.Invoke(task) ?? task)).Id;
    }

    protected async Task<TaskResponse> EndAsync(Guid id)
    {
        using var limit = new CancellationTokenSource(Patience);
        return await Client.Tasks.WaitForEndAsync(id, limit.Token);
    }

    protected async Task StopAsync()
    {
        await Stop.CancelAsync();
        await Working.WaitAsync(Patience);
    }
}

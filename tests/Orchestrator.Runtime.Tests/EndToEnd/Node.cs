using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Hosting;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Operations;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Silos;
using Orchestrator.Runtime.Submissions;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Runtime.Watching;
using Orchestrator.Storage;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.EndToEnd;

/// <summary>One process of a cluster, as its host composes it, over a store that the test owns.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly IHost _host;

    private Node(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public IStore Store => Get<IStore>();

    public static async Task<Node> StartAsync(
        IStore store, bool silo = true, bool stopsWhenDrained = false, Action<SiloOptions>? configure = null, Action<LeaseOptions>? leases = null, Action<PollingOptions>? polling = null, Action<WebhookOptions>? webhooks = null, IReadOnlyDictionary<string, double>? skills = null, string? provider = null, IReadOnlyDictionary<string, decimal?>? maxCosts = null, Action<IServiceCollection>? more = null, params (string Action, IActionExecutor Executor)[] workers)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => new BorrowedStore(store));
        builder.Services.AddSingleton<IStore>(provider => provider.GetRequiredService<BorrowedStore>());
        builder.Services.Configure<SiloOptions>(options =>
        {
            options.Slots = 16;
            options.DrainTimeout = TimeSpan.FromMilliseconds(200);
            configure?.Invoke(options);
        });
        builder.Services.Configure<LeaseOptions>(options => leases?.Invoke(options));
        builder.Services.Configure<PollingOptions>(options => polling?.Invoke(options));
        builder.Services.Configure<WebhookOptions>(options => webhooks?.Invoke(options));
        builder.Services.Configure<RetryOptions>(options => options.BaseDelay = TimeSpan.FromMilliseconds(20));
        builder.Services.AddSingleton<IActionProvider>(
            new FakeActions([.. workers.Select(worker => new ActionDescriptor(worker.Action, worker.Executor) { Skills = skills, Provider = provider, MaxCost = maxCosts?.GetValueOrDefault(worker.Action) })]));
        more?.Invoke(builder.Services);
        builder.Services.AddOrchestratorClientSide();
        if (silo)
        {
            builder.Services.AddOrchestratorSilo(stopsWhenDrained);
        }

        var node = new Node(builder.Build());
        await node._host.StartAsync();
        return node;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public async Task<IReadOnlyList<Guid>> SubmitAsync(string workspace, params NewTask[] tasks)
    {
        var result = await Get<ITaskSubmitter>().SubmitAsync(new Submission(workspace, tasks), CancellationToken.None).Soon();
        return [.. Assert.IsType<SubmissionResult.Accepted>(result).Tasks.Select(task => task.Id)];
    }

    public NewTask NewTask(string action = "work") => new() { Id = Get<IIdSource>().NewTaskId(), Action = action };

    public Task<TaskRecord> WaitForEndAsync(Guid id) => WaitForEndAsync(id, Wait.Limit);

    public async Task<TaskRecord> WaitForEndAsync(Guid id, TimeSpan limit)
    {
        Assert.True(await Get<ITaskWatcher>().WaitForEndAsync(id, limit, CancellationToken.None), $"Task {id} did not end.");
        return await FindAsync(id);
    }

    public async Task<TaskRecord> FindAsync(Guid id) => (await Store.Tasks.FindAsync(id, CancellationToken.None))!;

    public Task<CancelResult> CancelAsync(Guid id) => Get<ITaskOperations>().CancelAsync(id, CancellationToken.None);

    public Guid SiloId => Get<SiloIdentity>().Id;

    public Task StopAsync() => _host.StopAsync().Soon();

    public Task WaitForShutdownAsync() => _host.WaitForShutdownAsync().Soon();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}

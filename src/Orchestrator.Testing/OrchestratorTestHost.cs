using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orchestrator.Core.Tasks;
using Orchestrator.Hosting;
using Orchestrator.Hosting.Configuration;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Submissions;
using Orchestrator.Runtime.Watching;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Testing;

/// <summary>
/// A whole Orchestrator inside a test: a silo with the test's workers on a private SQLite folder, which is deleted at the end.
/// The real code runs, so leases, retries and time limits behave as they do in production.
/// </summary>
public sealed class OrchestratorTestHost : IAsyncDisposable
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly IHost _host;
    private readonly string _folder;

    private OrchestratorTestHost(IHost host, string folder)
    {
        _host = host;
        _folder = folder;
    }

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Starts a host.</summary>
    /// <param name="configure">Adds the workers, and whatever they need, through <see cref="OrchestratorBuilder.Services"/>.</param>
    /// <param name="settings">Overrides settings, such as the delays between attempts.</param>
    public static async Task<OrchestratorTestHost> StartAsync(
        Action<OrchestratorBuilder> configure, Action<OrchestratorSetup>? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var folder = Directory.CreateTempSubdirectory("orchestrator-test-").FullName;
        try
        {
            var host = Build(folder, configure, settings);
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            return new OrchestratorTestHost(host, folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Submits a task and waits until it has ended, in whatever state.</summary>
    /// <param name="action">Its action.</param>
    /// <param name="input">Its input, written as JSON with camelCase names.</param>
    /// <param name="timeout">How long to wait; <see cref="DefaultTimeout"/> if none.</param>
    /// <exception cref="TimeoutException">The task has not ended in time.</exception>
    public async Task<EndedTask> RunAsync(string action, object? input, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var id = Services.GetRequiredService<IIdSource>().NewTaskId();
        await SubmitAsync(new NewTask { Id = id, Action = action, Input = JsonSerializer.SerializeToUtf8Bytes(input, Json) }, cancellationToken)
            .ConfigureAwait(false);
        return await WaitAsync(id, timeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Submits a task as it is, to the workspace <c>default</c>.</summary>
    /// <exception cref="InvalidOperationException">The submission was refused.</exception>
    public async Task SubmitAsync(NewTask task, CancellationToken cancellationToken = default)
    {
        var result = await Services.GetRequiredService<ITaskSubmitter>()
            .SubmitAsync(new Submission(IWorkspaceStore.DefaultWorkspace, [task]), cancellationToken).ConfigureAwait(false);
        if (result is not SubmissionResult.Accepted)
        {
            throw new InvalidOperationException($"The submission was refused: {result}");
        }
    }

    /// <summary>Waits until a task has ended, in whatever state.</summary>
    /// <exception cref="TimeoutException">The task has not ended in time.</exception>
    public async Task<EndedTask> WaitAsync(Guid id, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var limit = timeout ?? DefaultTimeout;
        await Services.GetRequiredService<ITaskWatcher>().WaitForEndAsync(id, limit, cancellationToken).ConfigureAwait(false);
        var task = await Services.GetRequiredService<ITaskReader>().FindAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"There is no task {id}.");
        return task.State.IsTerminal()
            ? EndedTask.Of(task)
            : throw new TimeoutException($"The task {id} ({task.Action}) is still {task.State.ToName()} after {limit}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync().ConfigureAwait(false);
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static IHost Build(string folder, Action<OrchestratorBuilder> configure, Action<OrchestratorSetup>? settings)
    {
        // Nothing of the machine's own configuration comes in: a test behaves the same everywhere.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder });
        var pool = Path.Combine(folder, "no-pool.json");
        File.WriteAllText(pool, "{}");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [ConfigurationCatalog.DataDirectorySetting] = folder,
            ["ORCHESTRATOR_CONFIG"] = pool,
            ["Silo:DrainTimeout"] = "1s",
        });
        configure(builder.Services.AddOrchestrator(builder.Configuration, settings));
        return builder.Build();
    }
}

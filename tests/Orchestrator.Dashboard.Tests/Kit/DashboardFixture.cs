using System.Collections.Concurrent;
using Orchestrator.Client;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Leases;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Contracts.Workspaces;
using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Demos;
using Orchestrator.Dashboard.Tests.Hostile;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Models;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>One gateway on PostgreSQL as a process, one browser, and a provider of models, for all tests; each has workspaces and names of its own.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    /// <summary>The model that <see cref="Model"/> plays.</summary>
    public const string ModelName = "local/llama";

    private const int WalkersAtOnce = 3;

    private int _workspaces;
    private Task<Demo>? _demo;
    private Task<IReadOnlyList<ShownPage>>? _hostile;
    private Chromium? _chromium;
    private IsolatedSchema? _schema;
    private ServiceProcess? _gateway;
    private OrchestratorClient? _client;
    private ModelEndpoint? _model;

    /// <summary>The API of the gateway.</summary>
    public OrchestratorClient Client => _client!;

    /// <summary>What the gateway's provider <c>local</c> answers.</summary>
    public ModelEndpoint Model => _model!;

    public Uri Address => _gateway!.Client.BaseAddress!;

    public IBrowser Browser => _chromium!.Browser;

    private (string Name, string Value) ModelSetting => ("Providers:local:BaseUrl", Model.BaseUrl);

    public async Task InitializeAsync()
    {
        if (TestRequirements.BrowserSkipReason is not null)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout((float)Visit.Patience.TotalMilliseconds);
        _model = await ModelEndpoint.StartAsync();
        _chromium = await Chromium.LaunchAsync();
        _schema = await IsolatedSchema.CreateAsync();
        _gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(_schema.ConnectionString, ModelSetting, ("Silo:Name", HostileTexts.SiloName)));
        _client = new OrchestratorClient(_gateway.Client);
    }

    /// <summary>A gateway on SQLite in a folder of its own, for what would disturb others.</summary>
    public Task<ServiceProcess> StartGatewayAsync(SqliteFolder folder, params ReadOnlySpan<(string Name, string Value)> more) =>
        ServiceProcess.StartGatewayAsync(Settings.OnSqlite(folder.Path, [ModelSetting, .. more]));

    /// <summary>The demo, made when it is first asked for.</summary>
    internal Task<Demo> GetDemoAsync() => _demo ??= Demo.CreateAsync(Client, Model);

    /// <summary>The pages that show hostile texts, made when they are first asked for.</summary>
    internal Task<IReadOnlyList<ShownPage>> GetHostileAsync() => _hostile ??= new HostileData(this).CreateAsync();

    /// <summary>Looks at many pages, several at a time, and accepts no fault of any.</summary>
    /// <param name="judge">What is wrong with a page.</param>
    internal async Task WalkAsync(IReadOnlyList<ShownPage> pages, ViewportSize screen, Func<IPage, ShownPage, Task<IReadOnlyList<string>>> judge)
    {
        var left = new ConcurrentQueue<ShownPage>(pages);
        var found = new ConcurrentQueue<string>();
        await Task.WhenAll(Enumerable.Range(0, WalkersAtOnce).Select(_ => VisitAsync("", async page =>
        {
            await page.SetViewportSizeAsync(screen.Width, screen.Height);
            while (left.TryDequeue(out var shown))
            {
                await page.OpenAsync(shown);
                foreach (var fault in await judge(page, shown))
                {
                    found.Enqueue($"{shown.Name}: {fault}");
                }
            }
        })));
        Assert.True(found.IsEmpty, string.Join('\n', found));
    }

    /// <summary>Looks at a page, does something there, and accepts no complaint of the browser.</summary>
    /// <param name="path">Under the dashboard's path.</param>
    public Task VisitAsync(string path, Func<IPage, Task> act) => Visit.RunAsync(Browser, new Uri(Address, "observability/"), path, act);

    /// <summary>A workspace of a test's own, whose name begins with a word.</summary>
    public async Task<string> CreateWorkspaceAsync(string word, CreateWorkspaceRequest? settings = null)
    {
        var id = $"{word}-{Interlocked.Increment(ref _workspaces)}";
        await Client.Workspaces.CreateAsync((settings ?? new CreateWorkspaceRequest { Id = id }) with { Id = id });
        return id;
    }

    /// <summary>Submits a task that a worker of the test does, or nobody.</summary>
    public async Task<Guid> SubmitAsync(string workspace, string name, string action = Work.Action) =>
        (await Client.Tasks.SubmitAsync(workspace, new SubmitTaskRequest { Action = action, Name = name, Input = RawJson.From("{}") })).Id;

    /// <summary>Takes the next task of a workspace, as a worker does.</summary>
    public async Task<Work> TakeAsync(string workspace)
    {
        var leases = await Client.Leases.TakeAsync(new LeaseRequest { Workspaces = [workspace], Actions = [Work.Action], WaitMs = 20_000 });
        return new Work(Client.Leases, Assert.Single(leases));
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        _client?.Dispose();
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        if (_model is not null)
        {
            await _model.DisposeAsync();
        }

        if (_schema is not null)
        {
            await _schema.DisposeAsync();
        }
    }
}

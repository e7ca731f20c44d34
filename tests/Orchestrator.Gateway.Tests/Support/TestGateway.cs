using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Gateway.Hosting;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>The real gateway in this process: Kestrel on a free loopback port, an embedded silo, SQLite in a private folder.</summary>
public sealed class TestGateway : IAsyncLifetime, IAsyncDisposable
{
    private readonly SqliteFolder _folder = new();
    private readonly Action<WebApplicationBuilder> _customize;
    private readonly string[] _settings;
    private WebApplication? _app;
    private int _workspaces;

    public TestGateway()
        : this(_ => { })
    {
    }

    private TestGateway(Action<WebApplicationBuilder> customize, params string[] settings) => (_customize, _settings) = (customize, settings);

    public HttpClient Client { get; private set; } = null!;

    public Gates Gates { get; } = new();

    public IServiceProvider Services => _app!.Services;

    public Uri Address => Client.BaseAddress!;

    /// <summary>A gateway whose services the test changes before it starts.</summary>
    /// <param name="settings">More of its command line: names with two dashes before them, each followed by its value.</param>
    public static async Task<TestGateway> StartAsync(Action<WebApplicationBuilder> customize, params string[] settings)
    {
        var gateway = new TestGateway(customize, settings);
        await gateway.InitializeAsync();
        return gateway;
    }

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "pool.json"), "{}");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(GatewayOptions).Assembly.GetName().Name,
            ContentRootPath = _folder.Path,
            EnvironmentName = "Production",
            Args =
            [
                "--urls", "http://127.0.0.1:0",
                "--ORCHESTRATOR_DATA", _folder.Path,
                "--ORCHESTRATOR_CONFIG", Path.Combine(_folder.Path, "pool.json"),
                "--Silo:Slots", "8",
                "--Silo:DrainTimeout", "1s",
                "--Retries:BaseDelay", "0s",
                .. _settings,
            ],
        });
        builder.Logging.ClearProviders();
        builder.AddGateway()
            .AddWorker<EchoWorker>(EchoWorker.Action, options => options.Skills["echoing"] = 0.8)
            .AddWorker<GateWorker>(GateWorker.Action)
            .AddWorker<ChattyWorker>(ChattyWorker.Action)
            .AddWorker<DelegatingWorker>(DelegatingWorker.Action)
            .AddWorker<SteeredWorker>(SteeredWorker.Action);
        builder.Services.AddSingleton(Gates);
        _customize(builder);

        _app = builder.Build().UseGateway();
        await _app.StartAsync();
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>A workspace of the test's own.</summary>
    public async Task<string> NewWorkspaceAsync(object? more = null)
    {
        var id = $"w{Interlocked.Increment(ref _workspaces)}";
        using var created = await Client.PostAsJsonAsync("/api/v1/workspaces", new { id });
        created.EnsureSuccessStatusCode();
        if (more is not null)
        {
            using var patched = await Client.PatchAsJsonAsync($"/api/v1/workspaces/{id}", more);
            patched.EnsureSuccessStatusCode();
        }

        return id;
    }

    /// <summary>Submits a task that must be accepted.</summary>
    public async Task<Guid> SubmitAsync(string workspace, object task)
    {
        using var response = await Client.PostAsJsonAsync($"/api/v1/workspaces/{workspace}/tasks", task);
        return (await Answer.ReadAsync(response, 202)).Body.GetProperty("id").GetGuid();
    }

    /// <summary>The task once it has ended.</summary>
    public async Task<JsonElement> WaitAsync(Guid id) => (await GetAsync($"/api/v1/tasks/{id}?wait=30")).Body;

    public async Task<Answer> GetAsync(string path, int status = 200)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return await Answer.ReadAsync(response, status);
    }

    public async Task<Answer> PostAsync(string path, object? body = null, int status = 200, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string text => Json(text),
            _ => JsonContent.Create(body),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request);
        return await Answer.ReadAsync(response, status);
    }

    public async Task<Answer> PatchAsync(string path, object body, int status = 200)
    {
        using var response = await Client.PatchAsync(new Uri(path, UriKind.Relative), body is string text ? Json(text) : JsonContent.Create(body));
        return await Answer.ReadAsync(response, status);
    }

    public async Task<Answer> PutAsync(string path, object body, int status = 200)
    {
        using var response = await Client.PutAsync(new Uri(path, UriKind.Relative), body is string text ? Json(text) : JsonContent.Create(body));
        return await Answer.ReadAsync(response, status);
    }

    public static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");

    /// <summary>How many tasks the workspace holds, ended ones too.</summary>
    public async Task<long> CountAsync(string workspace) =>
        (await GetAsync($"/api/v1/stats?workspace={workspace}")).Body.GetProperty("tasks").EnumerateObject().Sum(state => state.Value.GetInt64());

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (_app is not { } app)
        {
            return;
        }

        _app = null;
        Gates.OpenAll();
        await app.StopAsync();
        await app.DisposeAsync();
        Client.Dispose();
        _folder.Dispose();
    }
}

using Orchestrator.Client.Agents;
using Orchestrator.Client.Cluster;
using Orchestrator.Client.Definitions;
using Orchestrator.Client.Http;
using Orchestrator.Client.Keys;
using Orchestrator.Client.Leases;
using Orchestrator.Client.Runs;
using Orchestrator.Client.Schedules;
using Orchestrator.Client.Tasks;
using Orchestrator.Client.Validation;
using Orchestrator.Client.Webhooks;
using Orchestrator.Client.Workspaces;
using Orchestrator.Contracts.Cluster;

namespace Orchestrator.Client;

/// <summary>
/// The REST API, a property a noun. Safe to use from many threads at the same time; make one and keep it. What the API refuses
/// and what could not be reached in the end is an <see cref="OrchestratorException"/>.
/// </summary>
public sealed class OrchestratorClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly bool _ownsHttp;

    /// <summary>A client with connections of its own.</summary>
    public OrchestratorClient(OrchestratorClientOptions options)
        : this(NewHttpClient(), options) => _ownsHttp = true;

    /// <summary>A client on an <see cref="HttpClient"/> that somebody else made and disposes, such as an <c>IHttpClientFactory</c>.</summary>
    /// <param name="options">Null for the defaults. The client's own base address holds before <see cref="OrchestratorClientOptions.BaseAddress"/>.</param>
    public OrchestratorClient(HttpClient http, OrchestratorClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        _http = http;
        Options = options ?? new OrchestratorClientOptions();
        Options.Check();
        Connection = new ApiConnection(http, Options);
        Tasks = new TaskClient(Connection);
        Bulk = new BulkClient(Connection);
        Workspaces = new WorkspaceClient(Connection);
        Schedules = new ScheduleClient(Connection);
        Agents = new AgentClient(Connection);
        Definitions = new DefinitionClient(Connection);
        Runs = new RunClient(Connection);
        Webhooks = new WebhookClient(Connection);
        Keys = new KeyClient(Connection);
        Resources = new ResourceClient(Connection);
        Silos = new SiloClient(Connection);
        Errors = new ErrorClient(Connection);
        Audit = new AuditClient(Connection);
        Validators = new ValidatorClient(Connection);
        Leases = new LeaseClient(Connection);
    }

    /// <summary>Submitting, following, steering, changing and finding tasks.</summary>
    public TaskClient Tasks { get; }

    /// <summary>Operations on many tasks.</summary>
    public BulkClient Bulk { get; }

    public WorkspaceClient Workspaces { get; }

    public ScheduleClient Schedules { get; }

    public AgentClient Agents { get; }

    public DefinitionClient Definitions { get; }

    /// <summary>Starting, following, steering and finding runs.</summary>
    public RunClient Runs { get; }

    public WebhookClient Webhooks { get; }

    /// <summary>Who may come in, and what for.</summary>
    public KeyClient Keys { get; }

    public ResourceClient Resources { get; }

    public SiloClient Silos { get; }

    /// <summary>What failed, those that are the same as one.</summary>
    public ErrorClient Errors { get; }

    /// <summary>Who changed what.</summary>
    public AuditClient Audit { get; }

    public ValidatorClient Validators { get; }

    /// <summary>What a remote worker asks for; <see cref="Workers.RemoteWorker"/> is the whole loop.</summary>
    public LeaseClient Leases { get; }

    internal OrchestratorClientOptions Options { get; }

    internal ApiConnection Connection { get; }

    /// <summary>Says what answers at the address.</summary>
    public Task<ServiceResponse> GetServiceAsync(CancellationToken cancellationToken = default) =>
        Connection.SendAsync<ServiceResponse>(ApiRequest.Get("/", ""), cancellationToken);

    /// <summary>Whether the gateway takes requests: its store answers with a current schema, and nothing drains. It is asked once.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await Connection.With(Options.Retry with { MaxAttempts = 1 }, Options.RequestTimeout)
                .SendAsync(ApiRequest.Get("/health/ready", ""), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OrchestratorException refusal) when (refusal.Status == 503)
        {
            return false;
        }
    }

    /// <summary>The system in numbers.</summary>
    /// <param name="workspace">Counts only its tasks; null for all.</param>
    public Task<StatsResponse> GetStatsAsync(string? workspace = null, CancellationToken cancellationToken = default) =>
        Connection.SendAsync<StatsResponse>(ApiRequest.Get($"/stats{new UrlQuery().Add("workspace", workspace)}"), cancellationToken);

    /// <summary>What there is to do in all workspaces, and what holds it up.</summary>
    public Task<BacklogResponse> GetBacklogAsync(CancellationToken cancellationToken = default) =>
        Connection.SendAsync<BacklogResponse>(ApiRequest.Get("/stats/backlog"), cancellationToken);

    /// <summary>What happened lately, in buckets of time.</summary>
    /// <param name="workspace">Only its tasks; null for all.</param>
    /// <param name="action">Only tasks of this action; null for all.</param>
    /// <param name="duration">How far back to go, in whole seconds; null for what the server goes back by itself.</param>
    public Task<TimelineResponse> GetTimelineAsync(
        string? workspace = null, string? action = null, TimeSpan? duration = null, CancellationToken cancellationToken = default) =>
        Connection.SendAsync<TimelineResponse>(
            ApiRequest.Get($"/stats/timeline{new UrlQuery().Add("workspace", workspace).Add("action", action).Add("durationSeconds", (int?)duration?.TotalSeconds)}"),
            cancellationToken);

    public void Dispose()
    {
        if (_ownsHttp)
        {
            _http.Dispose();
        }
    }

    // The time limits are those of each request; connections are renewed so that a change of the name's addresses is seen.
    private static HttpClient NewHttpClient() =>
        new(new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            AllowAutoRedirect = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
}

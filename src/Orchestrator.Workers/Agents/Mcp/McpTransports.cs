using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Client;
using Orchestrator.Core.Agents;
using Orchestrator.Runtime.Webhooks;

namespace Orchestrator.Workers.Agents.Mcp;

/// <summary>Ways to MCP servers. One HTTP handler serves all that have an address.</summary>
internal sealed partial class McpTransports : IDisposable
{
    /// <summary>How long a server at an address may take to end a session.</summary>
    public static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly ILogger<McpTransports> _logger;
    private readonly HttpClient _http;
    private readonly HashSet<string> _commands;
    private readonly TimeSpan _startTimeout;

    public McpTransports(IOptions<AgentOptions> options, IHostResolver resolver, ILogger<McpTransports> logger)
    {
        _logger = logger;
        _commands = new HashSet<string>(options.Value.McpCommands ?? [], StringComparer.Ordinal);
        _startTimeout = options.Value.McpStartTimeout;
        _http = new HttpClient(new BoundedAnswers(new SocketsHttpHandler
        {
            ConnectCallback = new AddressGuard(resolver, options.Value.AllowPrivateAddresses).ConnectAsync,

            // A key is not carried to wherever a server redirects.
            AllowAutoRedirect = false,
            UseCookies = false,

            // A proxy would look up the name by itself, out of reach of what is checked here.
            UseProxy = false,
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        }))
        {
            // Whoever calls sets the limit.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Why this silo may not use a server; null when it may.</summary>
    public string? FindObjection(McpServer server) => server.Command is { } command && !_commands.Contains(command)
        ? $"its MCP server {server.Name} is the program {command}, which Agents:McpCommands does not allow here"
        : server.Env.Keys.FirstOrDefault(ProgramEnvironment.IsReserved) is { } name
            ? $"its MCP server {server.Name} sets the variable {name}, by which a program can be made to run another"
            : null;

    /// <param name="said">Takes what a program writes to its standard error.</param>
    /// <exception cref="McpServerException">It may not be used.</exception>
    public IClientTransport Open(McpServer server, LastWords said)
    {
        if (FindObjection(server) is { } objection)
        {
            throw new McpServerException($"It cannot run here: {objection}.");
        }

        if (server.Command is { } command)
        {
            // Nothing of this process's own environment, in which keys of providers and of the store may stand.
            var environment = StdioClientTransportOptions.GetDefaultEnvironmentVariables();
            foreach (var (name, value) in server.Env)
            {
                environment[name] = value;
            }

            return new StdioClientTransport(new StdioClientTransportOptions
            {
                Name = server.Name,
                Command = command,
                Arguments = [.. server.Args],
                InheritEnvironmentVariables = false,
                EnvironmentVariables = environment,
                ShutdownTimeout = ShutdownTimeout,
                StandardErrorLines = said.Add,
            });
        }

        return new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Name = server.Name,
                Endpoint = new Uri(server.Url!),
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = server.Headers.ToDictionary(),
                ConnectionTimeout = _startTimeout,
                EnableStandaloneGetStream = false,
            },
            _http,
            loggerFactory: null,
            ownsHttpClient: false);
    }

    public void Dispose() => _http.Dispose();
}

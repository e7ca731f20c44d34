using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Orchestrator.Core.Agents;
using Orchestrator.Runtime.Webhooks;
using Orchestrator.Workers.Agents.Loop;
using Orchestrator.Workers.Agents.Tools;

namespace Orchestrator.Workers.Agents.Mcp;

/// <summary>One MCP server as one attempt uses it: it is spoken to when that is needed first, and let go with the attempt.</summary>
internal sealed class McpConnection(McpServer server, McpTransports transports, AgentOptions options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The name under which a call's own name is sent: a server that knows it does not do the same call twice.</summary>
    public const string IdempotencyKey = "orchestrator/idempotencyKey";

    private const int MaxErrorLength = 2_000;
    private static readonly TimeSpan DiscoverTimeout = TimeSpan.FromSeconds(2);

    private readonly Secrets _secrets = new(server);
    private McpClient? _client;
    private LastWords? _said;

    /// <summary>The tools that the agent may use of it, up to a bound that holds however many it lists.</summary>
    /// <exception cref="McpServerException">It cannot be reached, or does not answer.</exception>
    public async Task<IReadOnlyList<McpTool>> ListToolsAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.McpStartTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var client = await ConnectAsync(either.Token).ConfigureAwait(false);
            var tools = new List<McpTool>();
            string? cursor = null;
            for (var page = 0; page < AgentLimits.MaxMcpPages && tools.Count < AgentLimits.MaxMcpTools; page++)
            {
                var listed = await client.ListToolsAsync(new ListToolsRequestParams { Cursor = cursor }, either.Token).ConfigureAwait(false);
                tools.AddRange(listed.Tools
                    .Where(tool => server.Tools?.Contains(tool.Name) != false)
                    .Take(AgentLimits.MaxMcpTools - tools.Count)
                    .Select(tool => new McpTool(tool.Name, McpToolText.Describe(server, tool, _secrets), this)));
                if ((cursor = listed.NextCursor) is null)
                {
                    break;
                }
            }

            return tools;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (exception is not McpServerException)
        {
            throw new McpServerException(Describe(Explain(exception, limit.IsCancellationRequested ? options.McpStartTimeout : null)));
        }
    }

    public async Task<ToolOutcome> CallAsync(string tool, JsonElement arguments, string key, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.McpCallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var client = await ConnectAsync(either.Token).ConfigureAwait(false);
            var request = new CallToolRequestParams
            {
                Name = tool,
                Arguments = arguments.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value),
                Meta = new JsonObject { [IdempotencyKey] = key },
            };
            return Read(await client.CallToolAsync(request, either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (McpServerException exception)
        {
            return new ToolOutcome.Failed(exception.Message);
        }
        catch (McpProtocolException exception)
        {
            return new ToolOutcome.Failed(ToolText.Cut(_secrets.Hide(exception.Message), MaxErrorLength));
        }
        catch (Exception exception)
        {
            var message = Describe(Explain(exception, limit.IsCancellationRequested ? options.McpCallTimeout : null));
            if (!limit.IsCancellationRequested && exception is not (McpException or JsonException))
            {
                // It has died, whether its client has noticed yet or not: the next call begins anew.
                await DisposeAsync().ConfigureAwait(false);
            }

            return new ToolOutcome.Failed(message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is { } client)
        {
            _client = null;
            var leaving = client.DisposeAsync().AsTask();

            // A program is stopped within a bound of its own. A server at an address may take its time to hear that it is no longer
            // needed; what the attempt has come to does not wait for that.
            await Task.WhenAny(leaving, server.Url is null ? leaving : Task.Delay(McpTransports.LeaveTimeout, time)).ConfigureAwait(false);
            _ = leaving.ContinueWith(static ended => ended.Exception, TaskScheduler.Default);
        }
    }

    private async Task<McpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_client is { Completion.IsCompleted: true })
        {
            // It has died meanwhile.
            await DisposeAsync().ConfigureAwait(false);
        }

        if (_client is not null)
        {
            return _client;
        }

        _said = new LastWords(_secrets);
        return _client = await McpClient.CreateAsync(
            transports.Open(server, _said),
            new McpClientOptions
            {
                ClientInfo = new Implementation { Name = "orchestrator", Version = typeof(McpConnection).Assembly.GetName().Version!.ToString(3) },
                InitializationTimeout = options.McpStartTimeout,
                DiscoverProbeTimeout = DiscoverTimeout,
            },
            loggerFactory: null,
            cancellationToken).ConfigureAwait(false);
    }

    private ToolOutcome Read(CallToolResult result)
    {
        var text = new StringBuilder();
        foreach (var block in result.Content)
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(block is TextContentBlock said ? said.Text : $"[{block.Type} left out]");
        }

        if (result.Content.Count == 0 && result.StructuredContent is { } structured)
        {
            text.Append(structured.GetRawText());
        }

        var answer = _secrets.Hide(text.ToString());
        return result.IsError == true ? new ToolOutcome.Failed(answer) : new ToolOutcome.Answered(answer);
    }

    /// <summary>The problem, and what a program last said of it; the log has more of that.</summary>
    private string Describe(string problem)
    {
        var message = $"The MCP server {server.Name} {problem}.";
        if (_said?.End() is not { Length: > 0 } end)
        {
            return message;
        }

        transports.LogLastWords(server.Name, problem, _said.ToString());
        return $"{message} It last said: {end}";
    }

    private static string Explain(Exception exception, TimeSpan? limit)
    {
        if (limit is { } passed)
        {
            return string.Create(CultureInfo.InvariantCulture, $"did not answer within {passed.TotalSeconds:0.###} s");
        }

        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case AddressRefusedException:
                    return "is at an address that this silo may not use; Agents:AllowPrivateAddresses is not set";
                case HttpRequestException { StatusCode: { } status }:
                    return string.Create(CultureInfo.InvariantCulture, $"answered {(int)status}");
            }
        }

        return exception is McpException or JsonException ? "answered what is no answer of its protocol" : "cannot be reached, or has died";
    }
}

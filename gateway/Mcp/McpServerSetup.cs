using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Orchestrator.Gateway.Api;

namespace Orchestrator.Gateway.Mcp;

/// <summary>What the server says of itself, and what it does.</summary>
internal static class McpServerSetup
{
    private const string Instructions = """
        Orchestrator runs tasks durably: a task is submitted to a workspace, some worker executes its action, the result is kept for a while.
        Start with list_actions to see what can be executed and list_workspaces for where; "default" always exists.
        submit_task answers at once, or after up to `wait` seconds if the task ends by then. A task that has not ended is followed with
        wait_for_task. If it does not start, why_not_running says what holds it. A task whose status is "waiting" and whose waitingFor is
        "approval" asks a person: task_events shows the question (event task.waiting), approve_task answers it; do not answer for a person who has not decided.
        A run of a workflow (start_run, get_run) asks a person where its list of waiting steps is not empty: approve_step answers that.
        A refused call says which arguments to change. To be able to repeat a submission safely, give it an idempotencyKey.
        """;

    private static readonly ListToolsResult Listed = new() { Tools = [.. Tools.All.Select(tool => tool.Tool)] };

    public static McpServerOptions For(HttpContext http, ToolCaller caller) => new()
    {
        ServerInfo = new Implementation { Name = "orchestrator", Title = "Orchestrator", Version = RootEndpoints.Version },
        ServerInstructions = Instructions,
        Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
        ScopeRequests = false,
        Filters = new McpServerFilters { Message = new McpMessageFilters { IncomingFilters = [RefuseWrongTypes] } },
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = (_, _) => ValueTask.FromResult(Listed),
            CallToolHandler = async (request, cancellationToken) => await caller.CallAsync(http, request.Params, cancellationToken),
        },
    };

    /// <summary>Parameters that cannot be read are the caller's mistake.</summary>
    private static McpMessageHandler RefuseWrongTypes(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        try
        {
            await next(context, cancellationToken);
        }
        catch (JsonException exception)
        {
            throw new McpProtocolException($"The parameters cannot be read: {exception.Message}", McpErrorCode.InvalidParams);
        }
    };
}

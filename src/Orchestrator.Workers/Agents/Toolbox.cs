using System.Text.Json;
using Orchestrator.Core.Agents;
using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Agents.Mcp;
using Orchestrator.Workers.Agents.Tools;

namespace Orchestrator.Workers.Agents;

/// <summary>What an agent can do, for one attempt.</summary>
internal sealed class Toolbox : IAsyncDisposable
{
    private readonly Dictionary<string, IAgentTool> _tools = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<McpConnection> _servers;
    private bool _isOpen;

    public Toolbox(AgentDefinition agent, AgentOutput output, Func<McpServer, McpConnection> connect)
    {
        foreach (var tool in BuiltIn(agent, output))
        {
            Add(tool);
        }

        _servers = [.. agent.McpServers.Select(connect)];
    }

    /// <summary>The tools as the model is told of them. The first time the servers are asked for theirs.</summary>
    /// <exception cref="McpServerException">One of them does not answer.</exception>
    public async Task<IReadOnlyList<ChatTool>> DescribeAsync(CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            foreach (var connection in _servers)
            {
                foreach (var tool in await connection.ListToolsAsync(cancellationToken).ConfigureAwait(false))
                {
                    Add(tool);
                }
            }

            _isOpen = true;
        }

        return [.. _tools.Values.Select(static tool => tool.Description)];
    }

    /// <summary>Makes a call of the model's.</summary>
    /// <exception cref="McpServerException">A server of tools does not answer.</exception>
    public async Task<ToolOutcome> CallAsync(ToolContext context, ToolCall call, CancellationToken cancellationToken)
    {
        if (!_tools.ContainsKey(call.Name))
        {
            await DescribeAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!_tools.TryGetValue(call.Name, out var tool))
        {
            return new ToolOutcome.Failed($"There is no tool {Shorten(call.Name)}; there are {string.Join(", ", _tools.Keys)}.");
        }

        using var arguments = ModelJson.Parse(string.IsNullOrWhiteSpace(call.Arguments) ? "{}" : call.Arguments, out var fault);
        return arguments is null ? new ToolOutcome.Failed($"The arguments are no JSON as it is taken here: {fault}")
            : arguments.RootElement.ValueKind == JsonValueKind.Object ? await tool.CallAsync(context, arguments.RootElement, cancellationToken).ConfigureAwait(false)
            : new ToolOutcome.Failed("The arguments must be a JSON object.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _servers)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static IEnumerable<IAgentTool> BuiltIn(AgentDefinition agent, AgentOutput output)
    {
        if (agent.Tools.Contains(AgentTools.CreateTask))
        {
            yield return new CreateTaskTool();
        }

        if (agent.Tools.Contains(AgentTools.WaitForTasks))
        {
            yield return new WaitForTasksTool();
        }

        if (agent.Tools.Contains(AgentTools.AskPerson))
        {
            yield return new AskPersonTool();
        }

        if (output.IsStructured || agent.Tools.Contains(AgentTools.Finish))
        {
            yield return new FinishTool(output);
        }
    }

    private static string Shorten(string name) => name.Length <= 64 ? name : name[..64];

    /// <summary>Of two tools of one name the first is the one that the model can call.</summary>
    private void Add(IAgentTool tool) => _tools.TryAdd(tool.Description.Name, tool);
}

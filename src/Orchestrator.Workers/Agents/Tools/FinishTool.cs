using System.Text.Json;
using Orchestrator.Core.Agents;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Agents.Tools;

/// <summary>Ends the task with its result.</summary>
internal sealed class FinishTool(AgentOutput output) : IAgentTool
{
    public ChatTool Description { get; } = new(
        AgentTools.Finish, "Ends your work with its result. Call it once, when everything is done.", output.FinishParameters);

    public Task<ToolOutcome> CallAsync(ToolContext context, JsonElement arguments, CancellationToken cancellationToken) =>
        Task.FromResult(output.TakeFinish(arguments, context.State.Turns));
}

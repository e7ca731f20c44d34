using System.Runtime.InteropServices;
using System.Text.Json;
using Orchestrator.Core.Agents;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Pool;

namespace Orchestrator.Workers.Agents.Tools;

/// <summary>Has another task do a part of the work.</summary>
internal sealed class CreateTaskTool : IAgentTool
{
    public ChatTool Description { get; } = new(
        AgentTools.CreateTask,
        "Creates a task that somebody else works on at the same time, and answers its id. Its result comes from wait_for_tasks.",
        """
        {"type":"object","required":["action"],"additionalProperties":false,"properties":{
          "action":{"type":"string","description":"What kind of work, such as generation.text or agent.researcher."},
          "input":{"description":"What it is to work on, in the form that the action asks for; an agent takes {\"prompt\": \"…\"}."},
          "name":{"type":"string","description":"A short name for people."},
          "description":{"type":"string"},
          "priority":{"description":"low, medium, high, or a number from 0 to 1000.","type":["string","integer"]},
          "skills":{"type":"array","items":{"type":"string"},"description":"What its worker must be able to do."},
          "timeoutMs":{"type":"integer","description":"How long one attempt may take."},
          "maxAttempts":{"type":"integer"}
        }}
        """u8.ToArray());

    public async Task<ToolOutcome> CallAsync(ToolContext context, JsonElement arguments, CancellationToken cancellationToken)
    {
        try
        {
            byte[] list = [(byte)'[', .. JsonMarshal.GetRawUtf8Value(arguments), (byte)']'];
            var children = PoolChildren.Read(list).Select(child => child with { Key = context.Key });
            var ids = await context.Attempt.Delegation.CreateAsync([.. children], checkpoint: null, cancellationToken).ConfigureAwait(false);
            return new ToolOutcome.Answered($$"""{"task":"{{ids[0]}}"}""") { Created = ids[0] };
        }
        catch (DelegationException exception)
        {
            return new ToolOutcome.Failed($"The task was not created ({exception.Code}): {exception.Message}");
        }
    }
}

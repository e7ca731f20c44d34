using System.Text.Json;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Agents.Tools;

/// <summary>Something that an agent can do.</summary>
internal interface IAgentTool
{
    /// <summary>As the model is told of it.</summary>
    ChatTool Description { get; }

    /// <summary>Does it. The same call may come again after a crash, under the same key.</summary>
    /// <param name="arguments">A JSON object.</param>
    Task<ToolOutcome> CallAsync(ToolContext context, JsonElement arguments, CancellationToken cancellationToken);
}

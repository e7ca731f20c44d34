using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Agents;

/// <summary>One message of an agent's input.</summary>
internal sealed record AgentInputMessage(string Role, string Content)
{
    public ChatRole? FindRole() => Role switch
    {
        "user" => ChatRole.User,
        "assistant" => ChatRole.Assistant,
        "system" => ChatRole.System,
        _ => null,
    };
}

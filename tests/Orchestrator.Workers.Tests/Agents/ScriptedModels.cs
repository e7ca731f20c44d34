using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Agents;

namespace Orchestrator.Workers.Tests.Agents;

/// <summary>A model that answers what a test has written down, one answer a turn, and keeps what it was asked.</summary>
internal sealed class ScriptedModels(params Func<Chat, CancellationToken, Task<ChatTurn>>[] script) : IAgentModels
{
    public List<Chat> Asked { get; } = [];

    public static ChatTurn Says(string text) => new("a/m", text, [], new TaskUsage(10, 1));

    public static ChatTurn Calls(params (string Name, string Arguments)[] calls) =>
        new("a/m", "", [.. calls.Select(static (call, index) => new ToolCall($"call_{index}", call.Name, call.Arguments))], new TaskUsage(10, 1));

    public static Func<Chat, CancellationToken, Task<ChatTurn>> Turn(ChatTurn turn) => (_, _) => Task.FromResult(turn);

    public string? FindObjection(string model) => null;

    public decimal? FindMaxCost(IReadOnlyList<string> models, int calls) => null;

    public Chat? Bound(IReadOnlyList<string> models, Chat chat, decimal? left) => left is null or > 0 ? chat : null;

    public async Task<ChatTurn> AnswerAsync(IReadOnlyList<string> models, Chat chat, Action<string>? onText, CancellationToken cancellationToken)
    {
        Asked.Add(chat);
        var turn = await script[Asked.Count - 1](chat, cancellationToken);
        onText?.Invoke(turn.Text);
        return turn;
    }
}

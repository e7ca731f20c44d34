using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Generation;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Tests.Generation;

public sealed class CostBoundsTests
{
    private static readonly ModelName Model = ModelName.Parse("p/m")!;

    private readonly CostBounds _bounds = new(
        new GenerationOptions(),
        new ProviderDirectory([new Provider("p", "http://127.0.0.1:1/v1", null, null) with { Prices = [new ModelPrice("m", 1_000_000, 1_000_000, 1_000_000)] }]));

    [Fact]
    public void Bound_ToolsAndCalls_AreCountedAsWhatTheyAreToTheModel()
    {
        var text = new Chat([new ChatMessage(ChatRole.User, "go")]) { MaxOutputTokens = 100_000 };
        var tools = text with { Tools = [new ChatTool("work", "Works.", new byte[5_000])] };
        var calls = text with { Messages = [new ChatMessage(ChatRole.Assistant, "") { ToolCalls = [new ToolCall("c", "work", new string('x', 5_000))] }] };

        Assert.InRange(OutputOf(text), 9_900, 10_000);
        Assert.InRange(OutputOf(tools), 4_800, 5_000);
        Assert.InRange(OutputOf(calls), 4_800, 5_000);
    }

    private int OutputOf(Chat chat) => _bounds.Bound([Model], chat, 10_000)!.MaxOutputTokens!.Value;
}

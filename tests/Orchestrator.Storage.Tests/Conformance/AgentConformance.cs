using Orchestrator.Core.Agents;
using Orchestrator.Storage.Agents;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class AgentConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    [StoreFact]
    public async Task Put_NewAgent_CanBeFoundWithEverything()
    {
        var wanted = Agent("researcher") with
        {
            Description = "d",
            Fallbacks = ["b/m"],
            Skills = new Dictionary<string, double> { ["law"] = 0.9 },
            Tools = [AgentTools.CreateTask],
            McpServers =
            [
                new McpServer
                {
                    Name = "files",
                    Command = "npx",
                    Args = ["-y", "server"],
                    Env = new Dictionary<string, string> { ["KEY"] = "secret" },
                    Tools = ["read"],
                },
                new McpServer { Name = "web", Url = "https://example.org/mcp", Headers = new Dictionary<string, string> { ["Authorization"] = "secret" } },
            ],
            MaxTurns = 3,
            TurnTimeoutMs = 5_000,
            OutputSchema = """{"type":"object"}""",
            MaxOutputTokens = 100,
            Temperature = 0.5,
        };

        var saved = await PutAsync(wanted);

        Assert.True(saved.IsNew);
        Assert.Equivalent(new AgentRecord(wanted, 1, Clock.Now, Clock.Now), saved.Agent, strict: true);
        Assert.Equivalent(saved.Agent, await Store.Agents.FindAsync("researcher", None), strict: true);
    }

    [StoreFact]
    public async Task Put_Again_CountsTheVersionAndKeepsTheFormer()
    {
        var first = (await PutAsync(Agent("researcher"))).Agent;
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        var second = await PutAsync(Agent("researcher") with { Instructions = "other" });

        Assert.False(second.IsNew);
        Assert.Equal((2, first.CreatedAt), (second.Agent.Version, second.Agent.CreatedAt));
        Assert.Equal("other", (await Store.Agents.FindAsync("researcher", None))!.Definition.Instructions);
        Assert.Equivalent(first, await Store.Agents.FindVersionAsync(VersionOf(first), None), strict: true);
        Assert.Equal([VersionOf(second.Agent)], await Store.Agents.ListVersionsAsync(None));
    }

    [StoreFact]
    public async Task Put_ChangeThatLeavesIt_WritesNothing()
    {
        await PutAsync(Agent("researcher"));

        Assert.IsType<AgentChange.Kept>(await Store.Agents.PutAsync("researcher", before => before is null ? Agent("researcher") : null, None));

        Assert.Equal(1, (await Store.Agents.FindAsync("researcher", None))!.Version);
    }

    [StoreFact]
    public async Task Put_AtTheSameTime_EachMakesAVersion()
    {
        var changes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PutAsync(Agent("researcher")))));

        Assert.Equal(Enumerable.Range(1, 8), changes.Select(change => change.Agent.Version).Order());
        Assert.Single(changes, change => change.IsNew);
    }

    [StoreFact]
    public async Task Put_ManyTimes_KeepsTheLastVersionsOnly()
    {
        var first = (await PutAsync(Agent("researcher"))).Agent;
        for (var i = 1; i < AgentLimits.KeptVersions; i++)
        {
            await PutAsync(Agent("researcher"));
        }

        Assert.NotNull(await Store.Agents.FindVersionAsync(VersionOf(first), None));
        await PutAsync(Agent("researcher"));
        Assert.Null(await Store.Agents.FindVersionAsync(VersionOf(first), None));
    }

    [StoreFact]
    public async Task List_Agents_PagesByName()
    {
        foreach (var name in new[] { "b", "a", "c", "b" })
        {
            await PutAsync(Agent(name));
        }

        Assert.Equal(["a", "b"], (await Store.Agents.ListAsync(null, 2, None)).Select(agent => agent.Definition.Name));
        Assert.Equal([("c", 1)], (await Store.Agents.ListAsync("b", 10, None)).Select(agent => (agent.Definition.Name, agent.Version)));
        Assert.Equal(2, (await Store.Agents.ListAsync("a", 1, None)).Single().Version);
    }

    [StoreFact]
    public async Task Delete_Agent_TakesItsVersionsAndOneOfTheSameNameIsAnother()
    {
        var gone = (await PutAsync(Agent("researcher"))).Agent;

        Assert.True(await Store.Agents.DeleteAsync("researcher", None));

        Assert.False(await Store.Agents.DeleteAsync("researcher", None));
        Assert.Null(await Store.Agents.FindAsync("researcher", None));
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await PutAsync(Agent("researcher"))).Agent.Version);
        Assert.Null(await Store.Agents.FindVersionAsync(VersionOf(gone), None));
    }

    private static AgentDefinition Agent(string name) => new() { Name = name, Instructions = "i", Model = "a/m" };

    private static AgentVersion VersionOf(AgentRecord agent) => new(agent.Definition.Name, agent.Version, agent.CreatedAt);

    private async Task<AgentChange.Saved> PutAsync(AgentDefinition agent) =>
        Assert.IsType<AgentChange.Saved>(await Store.Agents.PutAsync(agent.Name, _ => agent, None));
}

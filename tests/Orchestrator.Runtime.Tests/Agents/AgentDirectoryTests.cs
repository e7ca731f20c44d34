using Orchestrator.Runtime.Agents;

namespace Orchestrator.Runtime.Tests.Agents;

public sealed class AgentDirectoryTests
{
    private static readonly DateTimeOffset Then = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeAgentStore _store = new();
    private readonly AgentDirectory _directory;
    private int _changes;

    public AgentDirectoryTests()
    {
        _directory = new AgentDirectory(_store);
        _directory.Changed += () => _changes++;
    }

    [Fact]
    public async Task Refresh_NewChangedAndDeletedAgents_FollowsAndReadsOnlyThose()
    {
        _store.Put("a", Then);
        _store.Put("b", Then);
        await _directory.RefreshAsync(default);
        _store.Put("b", Then);
        await _directory.RefreshAsync(default);
        await _directory.RefreshAsync(default);
        await _store.DeleteAsync("a", default);
        await _directory.RefreshAsync(default);

        Assert.Equal([("b", 2)], _directory.Agents.Values.Select(agent => (agent.Definition.Name, agent.Version)));
        Assert.Equal((3, 3), (_changes, _store.Reads));
    }

    [Fact]
    public async Task Refresh_AgentOfTheSameNameAsADeletedOne_IsAnother()
    {
        _store.Put("a", Then);
        await _directory.RefreshAsync(default);
        await _store.DeleteAsync("a", default);
        _store.Put("a", Then.AddSeconds(1));
        await _directory.RefreshAsync(default);

        Assert.Equal(Then.AddSeconds(1), _directory.Agents["a"].CreatedAt);
        Assert.Null(await _directory.FindAsync("a", 1, Then, default));
    }

    [Fact]
    public async Task Find_FormerVersion_AsksTheStore()
    {
        _store.Put("a", Then);
        _store.Put("a", Then);
        await _directory.RefreshAsync(default);

        Assert.Equal(1, (await _directory.FindAsync("a", 1, Then, default))!.Version);
        Assert.Same(_directory.Agents["a"], await _directory.FindAsync("a", 2, Then, default));
    }
}

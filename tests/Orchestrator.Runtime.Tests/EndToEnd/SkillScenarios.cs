using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.EndToEnd;

/// <summary>Tasks that name skills, over a real store with the real clock; part of what every store must do.</summary>
public abstract partial class RuntimeTests
{
    [StoreFact]
    public async Task Skills_Declared_TasksThatNameThemCompleteAndShareTheActionsSlots()
    {
        var running = 0;
        var peak = 0;
        var counting = new FakeExecutor(async (_, token) =>
        {
            InterlockedMax(ref peak, Interlocked.Increment(ref running));
            await Task.Delay(10, token);
            Interlocked.Decrement(ref running);
            return FakeExecutor.Success();
        });
        await using var node = await Node.StartAsync(Store, configure: options => options.Slots = 3, skills: Skills(("law", 0.9), ("italian", 0.5)), workers: ("work", counting));

        var ids = await node.SubmitAsync(
            "default", [.. Enumerable.Range(0, 20).SelectMany(_ => new[] { node.NewTask(), Naming(node, "law"), Naming(node, "italian", "law") })]);
        var ended = await Task.WhenAll(ids.Select(node.WaitForEndAsync));

        Assert.All(ended, task => Assert.Equal((TaskState.Completed, 1), (task.State, task.Attempt)));
        Assert.Equal(3, peak);
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Skills_MissingOne_NeverRunsAndHoldsUpNobody()
    {
        await using var node = await Node.StartAsync(Store, skills: Skills(("law", 0.9)), workers: ("work", Instant));
        var stuck = await node.SubmitAsync(
            "default", [.. Enumerable.Range(0, 200).Select(index => Naming(node, index % 2 == 0 ? ["music"] : ["law", "music"]) with { Score = PriorityHint.MaxScore })]);

        var ids = await node.SubmitAsync("default", [.. Enumerable.Range(0, 50).Select(index => index % 2 == 0 ? node.NewTask() : Naming(node, "law"))]);

        Assert.All(await Task.WhenAll(ids.Select(node.WaitForEndAsync)), task => Assert.Equal(TaskState.Completed, task.State));
        Assert.Equal(stuck.Count, (await Store.Tasks.ListAsync(new TaskQuery("default", 500) { State = TaskState.Queued }, CancellationToken.None))!.Count);
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Skills_OfATaskThatBecomesReadyLater_AreFoundWithoutDelay()
    {
        await using var node = await Node.StartAsync(Store, leases: Long, skills: Skills(("law", 0.9)), workers: ("work", Instant));
        var first = node.NewTask();
        var ids = await node.SubmitAsync(
            "default", first, Naming(node, "law") with { DependsOn = [first.Id] }, Naming(node, "law") with { RunAt = TimeProvider.System.GetUtcNow().AddMilliseconds(300) });

        Assert.All(await Task.WhenAll(ids.Select(node.WaitForEndAsync)), task => Assert.Equal(TaskState.Completed, task.State));
    }

    /// <summary>Only hints are faster than this.</summary>
    private static void Long(Options.LeaseOptions leases)
    {
        leases.Duration = TimeSpan.FromMinutes(10);
        leases.HeartbeatInterval = TimeSpan.FromMinutes(2);
    }

    private static Dictionary<string, double> Skills(params (string Skill, double Proficiency)[] skills) =>
        skills.ToDictionary(skill => skill.Skill, skill => skill.Proficiency);

    private static NewTask Naming(Node node, params string[] skills) => node.NewTask() with { Skills = skills };
}

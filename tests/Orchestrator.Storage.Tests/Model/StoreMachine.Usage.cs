using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>What a workspace has used is what its tasks have, of which none is deleted here.</summary>
internal sealed partial class StoreMachine
{
    /// <summary>Two attempts in three say what they have used; settled again, they say the same.</summary>
    private AttemptOutcome WithUsage(ClaimedTask claim, AttemptOutcome outcome)
    {
        var number = _claims.IndexOf(claim);
        return number % 3 == 0 ? outcome : outcome with { Usage = new TaskUsage(number, 1, 0, 2, number * 0.01m) };
    }

    private async Task CompareUsageAsync(string workspace, IReadOnlyList<TaskRecord> tasks)
    {
        var used = tasks.Select(static task => task.Usage).Aggregate(new TaskUsage(), static (sum, usage) => TaskUsage.Sum(sum, usage)!);
        Assert.Equal(used, (await _store.Workspaces.FindUsageAsync(workspace, None))!.Total);
    }
}

using Orchestrator.Core.Fuses;
using Orchestrator.Storage.Circuits;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Short words for a workspace whose provider is ill.</summary>
public abstract class CircuitSuite(Func<Task<ITestStore>> create) : FuseSuite(create)
{
    protected const string Provider = "openai";

    protected static readonly TimeSpan OpenFor = TimeSpan.FromSeconds(FuseDefaults.CircuitOpenSeconds);

    protected Task<TurnResult> TurnWithAsync(string? provider = Provider, int slots = 100, string action = Action) =>
        TurnAsync(slots, new ActionCapacity(action, slots) { Provider = provider });

    /// <summary>Takes turns until one brings nothing and says that there is nothing more.</summary>
    protected async Task<IReadOnlyList<ClaimedTask>> TakeWithAsync(string? provider = Provider, int slots = 100)
    {
        var all = new List<ClaimedTask>();
        TurnResult turn;
        do
        {
            turn = await TurnWithAsync(provider, slots);
            all.AddRange(turn.Tasks);
        }
        while (turn.MoreReady || turn.Tasks.Count > 0);
        return all;
    }

    protected async Task<CircuitCheck> ReportAsync(ClaimedTask task, ProviderVerdict verdict, TimeSpan ran = default, string provider = Provider) =>
        await Store.Circuits.ReportAsync([new CircuitReport(task.WorkspaceKey, provider, task.Lease.Token, verdict, ran)], None);

    /// <summary>Settles an attempt, and says so of its provider.</summary>
    protected async Task<CircuitCheck> EndAsync(ClaimedTask task, ProviderVerdict verdict)
    {
        await SettleAsync(task, verdict == ProviderVerdict.Well ? Completed() : Retried(TimeSpan.FromHours(1)));
        return await ReportAsync(task, verdict);
    }

    /// <summary>Has so many attempts fail as it takes to open the circuit.</summary>
    protected async Task BreakAsync(int failures = FuseDefaults.CircuitFailures, string workspace = Own)
    {
        await SubmitToAsync(workspace, NewTasks(failures));
        foreach (var task in (await TurnWithAsync()).Tasks)
        {
            await EndAsync(task, ProviderVerdict.Ill);
        }

        Assert.Equal(CircuitState.Open, (await CircuitAsync(workspace: workspace)).State);
    }

    protected Task<IReadOnlyList<Guid>> WakeAsync() => Store.Circuits.WakeAsync(None);

    /// <summary>Lets the time pass until a probe may start, and starts it.</summary>
    protected async Task<ClaimedTask> ProbeAsync(TimeSpan? after = null)
    {
        await Clock.AdvanceAsync(after ?? OpenFor);
        await WakeAsync();
        return Assert.Single(await TakeWithAsync());
    }

    protected async Task<Circuit> CircuitAsync(string provider = Provider, string workspace = Own) =>
        (await Store.Workspaces.FindAsync(workspace, None))!.Circuits.SingleOrDefault(record => record.Provider == provider)?.Circuit ?? Circuit.Untouched;
}

using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Remote;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.EndToEnd;

/// <summary>Remote workers at a process that is no silo, over a real store with the real clock; part of what every store must do.</summary>
public abstract partial class RuntimeTests
{
    private static readonly TimeSpan RemoteWait = TimeSpan.FromSeconds(20);

    [StoreFact]
    public async Task Remote_TwoWorkspaces_GetTheirSharesByWeight()
    {
        await using var node = await Node.StartAsync(Store, silo: false);
        foreach (var (id, weight) in new[] { ("heavy", 3.0), ("light", 1.0) })
        {
            await Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = id, Weight = weight }, CancellationToken.None);
            await node.SubmitAsync(id, [.. Enumerable.Range(0, 60).Select(_ => node.NewTask("remote"))]);
        }

        var taken = new List<string>();
        while (taken.Count < 80)
        {
            foreach (var attempt in await TakeRemoteAsync(node, slots: 4))
            {
                taken.Add(attempt.Task.Workspace);
                Assert.True(await CompleteAsync(node, attempt));
            }
        }

        // All of the heavy one's are taken by the time that the light one has had a third of them.
        Assert.InRange(taken.Take(40).Count(static workspace => workspace == "heavy"), 27, 33);
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Remote_CallerLeavesWhileItsTurnIsTaken_TasksGoBackAtOnce()
    {
        var turns = new HeldTurns(Store);
        await using var node = await Node.StartAsync(turns, silo: false);
        await node.SubmitAsync("default", node.NewTask("remote"));
        using var leaving = new CancellationTokenSource();
        var left = node.Get<RemoteDispatcher>().TakeAsync(new RemoteOffer(["remote"], 1), RemoteWait, leaving.Token);
        await turns.Taken.Task.Soon();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);

        turns.Release.SetResult();

        var attempt = Assert.Single(await TakeRemoteAsync(node));
        Assert.Equal(1, attempt.Task.Attempt);
        Assert.True(await CompleteAsync(node, attempt));
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Remote_HeartbeatsStop_TaskGoesToTheNextAndTheLateResultIsRefused()
    {
        await using var node = await Node.StartAsync(Store, silo: false, leases: static options => options.Duration = TimeSpan.FromMilliseconds(500));
        var id = Assert.Single(await node.SubmitAsync("default", node.NewTask("remote")));
        var first = Assert.Single(await TakeRemoteAsync(node));

        var second = Assert.Single(await TakeRemoteAsync(node));

        Assert.Equal((id, 2), (second.Task.Lease.TaskId, second.Task.Attempt));
        Assert.Equal(ErrorCodes.HeartbeatMissed, (await node.FindAsync(id)).Error?.Code);
        Assert.False(await CompleteAsync(node, first));
        Assert.True(await CompleteAsync(node, second));
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Remote_ProviderFails_TasksWaitAndOneProbes()
    {
        await using var node = await Node.StartAsync(
            Store, silo: false, more: static services => services.Configure<ActionOptions>("remote", static options => options.Provider = "stub"));
        await Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = "calling", Fuses = new FuseSettings { CircuitFailures = 2, CircuitOpenSeconds = 3 } }, CancellationToken.None);
        await node.SubmitAsync("calling", [.. Enumerable.Range(0, 9).Select(_ => node.NewTask("remote") with { MaxAttempts = 9 })]);

        foreach (var failing in await TakeRemoteAsync(node, slots: 2))
        {
            var lease = await FindAsync(node, failing);
            Assert.True(await node.Get<RemoteAttempts>().FailAsync(lease, TaskError.Of(ErrorCodes.ProviderError, "503"), null, null));
        }

        Assert.Empty(await TakeRemoteAsync(node, slots: 9, TimeSpan.Zero));
        var probe = Assert.Single(await TakeRemoteAsync(node, slots: 9));
        Assert.True(probe.Task.IsProbe);
        Assert.Empty(await TakeRemoteAsync(node, slots: 9, TimeSpan.Zero));
        Assert.True(await CompleteAsync(node, probe));

        Assert.Equal(8, (await TakeAllAsync(node, 8)).Count);
        await AssertSoundAsync();
    }

    private static async Task<IReadOnlyList<RemoteAttempt>> TakeRemoteAsync(Node node, int slots = 1, TimeSpan? wait = null)
    {
        var taken = await node.Get<RemoteDispatcher>().TakeAsync(new RemoteOffer(["remote"], slots), wait ?? RemoteWait, CancellationToken.None).Soon();
        Assert.NotNull(taken);
        return taken;
    }

    private static async Task<IReadOnlyList<RemoteAttempt>> TakeAllAsync(Node node, int count)
    {
        var taken = new List<RemoteAttempt>();
        while (taken.Count < count)
        {
            taken.AddRange(await TakeRemoteAsync(node, count));
        }

        return taken;
    }

    private static async Task<RemoteLease> FindAsync(Node node, RemoteAttempt attempt)
    {
        var lease = await node.Get<RemoteAttempts>().FindAsync(attempt.Task.Lease.Token, CancellationToken.None);
        Assert.NotNull(lease);
        return lease;
    }

    private static async Task<bool> CompleteAsync(Node node, RemoteAttempt attempt) =>
        await node.Get<RemoteAttempts>().CompleteAsync(await FindAsync(node, attempt), "1"u8.ToArray(), null);

    /// <summary>Keeps the answer of the first turn that took something back until it is released.</summary>
    private sealed class HeldTurns(IStore store) : BorrowedStore(store), ITurnStore
    {
        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ITurnStore Turns => this;

        public async Task<TurnResult> TakeAsync(TurnRequest request, CancellationToken cancellationToken)
        {
            var result = await base.Turns.TakeAsync(request, cancellationToken);
            if (result.Tasks.Count > 0 && Taken.TrySetResult())
            {
                await Release.Task;
            }

            return result;
        }
    }
}

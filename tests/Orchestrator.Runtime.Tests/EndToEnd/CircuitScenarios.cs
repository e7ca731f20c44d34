using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.EndToEnd;

/// <summary>A provider that fails and heals, over a real store with the real clock; part of what every store must do.</summary>
public abstract partial class RuntimeTests
{
    [StoreFact]
    public async Task Circuit_ProviderFailsAndHeals_TasksWaitAndAllComplete()
    {
        var ill = true;
        var calls = 0;
        var calling = new FakeExecutor((_, _) =>
        {
            Interlocked.Increment(ref calls);
            return Task.FromResult(Volatile.Read(ref ill)
                ? new AttemptResult.Failure(TaskError.Of(ErrorCodes.ProviderError, "503"))
                : FakeExecutor.Success());
        });
        await using var node = await Node.StartAsync(Store, configure: options => options.Slots = 1, provider: "stub", workers: ("call", calling));
        await Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = "calling", Fuses = new FuseSettings { CircuitOpenSeconds = 1 } }, CancellationToken.None);

        var ids = await node.SubmitAsync("calling", [.. Enumerable.Range(0, 40).Select(_ => node.NewTask("call") with { MaxAttempts = 9 })]);
        await Eventually.TrueAsync(
            async () => (await Store.Tasks.CountAsync("calling", CancellationToken.None)).GetValueOrDefault(TaskState.Waiting) >= 39
                && (await Store.Workspaces.FindAsync("calling", CancellationToken.None))!.Circuits[0].Circuit.Pause > TimeSpan.FromSeconds(1),
            FuseLimit,
            () => "Nothing waits for the provider, or no probe has failed.");
        var callsWhileIll = Volatile.Read(ref calls);
        Volatile.Write(ref ill, false);
        var ended = await Task.WhenAll(ids.Select(node.WaitForEndAsync));

        Assert.All(ended, task => Assert.Equal(TaskState.Completed, task.State));

        // Every attempt counts that opened it, none that probed; and with one slot none was on its way.
        Assert.Equal(40 + FuseDefaults.CircuitFailures, ended.Sum(task => task.Attempt));
        Assert.InRange(callsWhileIll, FuseDefaults.CircuitFailures + 1, FuseDefaults.CircuitFailures + 5);
        var events = await Store.Fuses.ReadEventsAsync("calling", 0, 100, CancellationToken.None);
        Assert.Equal(["fuse.tripped", "fuse.reset"], events!.Select(entry => entry.Type));
        await AssertSoundAsync();
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Telemetry;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Signals;

public sealed class ClusterSignalServiceTests : IDisposable
{
    private readonly OrchestratorMeter _meter = new();

    public void Dispose() => _meter.Dispose();

    [Fact]
    public async Task Signal_ABurst_IsSentAsAtMostOneHintAnInterval()
    {
        var time = new ManualTimeProvider();
        var transport = new FakeTransport(reachesOthers: true);
        var hub = new SignalHub(transport, time);
        using var service = New(hub, transport, time);
        hub.SignalReady();
        await service.StartAsync(CancellationToken.None);
        await transport.Sent.Reader.ReadAsync().AsTask().Soon();
        var ids = Enumerable.Range(0, 50).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var id in ids)
        {
            hub.SignalEnded([id]);
        }

        await Wait.UntilAsync(() => time.PendingTimers > 0);
        Assert.False(transport.Sent.Reader.TryRead(out _));
        time.Advance(ClusterSignalService.SendInterval);

        var payload = await transport.Sent.Reader.ReadAsync().AsTask().Soon();
        Assert.True(ClusterHintFormat.TryRead(payload, out _, out var hint));
        Assert.Equal(ids.Select(TaskHash.Of).Distinct().Order(), hint.Ended.Hashes.Order());
        Assert.False(hint.Ready);
        await service.StopAsync(CancellationToken.None).Soon();
    }

    [Fact]
    public async Task Signal_StoreOfOneProcess_SendsNothing()
    {
        var transport = new FakeTransport(reachesOthers: false);
        var hub = new SignalHub(transport, TimeProvider.System);
        using var service = New(hub, transport, TimeProvider.System);
        var woken = 0;
        hub.Ready += () => woken++;
        await service.StartAsync(CancellationToken.None);

        hub.SignalReady();
        await service.StopAsync(CancellationToken.None).Soon();

        Assert.Equal(1, woken);
        Assert.Equal(0, transport.Connections);
        Assert.False(transport.Sent.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Listen_ConnectionIsOpenedOrReopened_EverythingIsAssumedToHaveChanged()
    {
        var transport = new FakeTransport(reachesOthers: true);
        var hub = new SignalHub(transport, TimeProvider.System);
        using var service = New(hub, transport, TimeProvider.System);
        var everything = new SemaphoreSlim(0);
        var received = new TaskCompletionSource();
        hub.Hinted += hint =>
        {
            if (hint.Ended.Any)
            {
                everything.Release();
            }
            else
            {
                received.TrySetResult();
            }
        };
        await service.StartAsync(CancellationToken.None);
        Assert.True(await everything.WaitAsync(Wait.Limit));

        transport.Break();
        Assert.True(await everything.WaitAsync(Wait.Limit));
        transport.Deliver(ClusterHintFormat.Write("other", new ClusterHint(true, false, false, TaskHashes.None, TaskHashes.None)));

        await received.Task.Soon();
        await service.StopAsync(CancellationToken.None).Soon();
        Assert.Equal(2, transport.Connections);
    }

    [Fact]
    public async Task Listen_OwnHint_IsIgnored()
    {
        var transport = new FakeTransport(reachesOthers: true);
        var hub = new SignalHub(transport, TimeProvider.System);
        using var service = New(hub, transport, TimeProvider.System);
        var readies = 0;
        var other = new TaskCompletionSource();
        hub.Ready += () => readies++;
        hub.Hinted += hint =>
        {
            if (!hint.Ended.Any)
            {
                other.TrySetResult();
            }
        };
        await service.StartAsync(CancellationToken.None);
        await Wait.UntilAsync(() => readies == 1);
        hub.SignalReady();
        var own = await transport.Sent.Reader.ReadAsync().AsTask().Soon();

        transport.Deliver(own);
        transport.Deliver(ClusterHintFormat.Write("other", new ClusterHint(false, true, false, TaskHashes.None, TaskHashes.None)));
        await other.Task.Soon();
        await service.StopAsync(CancellationToken.None).Soon();

        Assert.Equal(2, readies);
    }

    private ClusterSignalService New(SignalHub hub, FakeTransport transport, TimeProvider time) =>
        new(hub, transport, new UuidV7Source(time), new FixedRandom(), time, new SignalInstruments(_meter), NullLogger<ClusterSignalService>.Instance);
}

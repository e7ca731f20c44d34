using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Leases;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Tests.Fakes;

namespace Orchestrator.Runtime.Tests.Leases;

public sealed class RevocationServiceTests : IAsyncLifetime
{
    private readonly Parts _parts = new();
    private readonly FakeTaskReader _reader = new();
    private readonly RevocationService _service;

    public RevocationServiceTests() =>
        _service = new RevocationService(_parts.Registry, _reader, _parts.Hub, TimeProvider.System, NullLogger<RevocationService>.Instance);

    public Task InitializeAsync() => _service.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _service.StopAsync(CancellationToken.None);
        _service.Dispose();
        await _parts.DisposeAsync();
    }

    [Fact]
    public void Ended_CancelledInThisProcess_StopsAtOnce()
    {
        var attempt = _parts.Open(FakeExecutor.Obedient());

        _parts.Hub.SignalEnded([attempt.Lease.TaskId]);

        Assert.Equal(StopReason.Revoked, attempt.End());
    }

    [Fact]
    public async Task Hinted_TaskEndedElsewhere_IsStoppedOnceTheStoreAgrees()
    {
        var ended = _parts.Open(FakeExecutor.Obedient());
        _reader.EndedTasks[ended.Lease.TaskId] = true;

        _parts.Hub.Receive(Hint(ended));
        await ended.Stopped.Soon();

        Assert.Equal(StopReason.Revoked, ended.End());
    }

    [Fact]
    public async Task Hinted_TaskOfTheSameHash_KeepsRunning()
    {
        var running = _parts.Open(FakeExecutor.Obedient());

        _parts.Hub.Receive(Hint(running));
        await Wait.UntilAsync(() => _reader.Queries > 0);
        var ended = _parts.Open(FakeExecutor.Obedient());
        _reader.EndedTasks[ended.Lease.TaskId] = true;
        _parts.Hub.Receive(Hint(ended));
        await ended.Stopped.Soon();

        Assert.True(running.IsOpen);
    }

    private static ClusterHint Hint(OpenAttempt attempt) =>
        new(false, false, false, new TaskHashes([TaskHash.Of(attempt.Lease.TaskId)], false), TaskHashes.None);
}

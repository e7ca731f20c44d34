using System.Net.WebSockets;
using Orchestrator.Gateway.Feed;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Options;
using Orchestrator.Telemetry;

namespace Orchestrator.Gateway.Tests.Feed;

public sealed class FeedClientTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly OrchestratorMeter _meter = new();

    public void Dispose() => _meter.Dispose();

    [Fact]
    public async Task Run_SocketThatTakesNothing_IsDroppedWhenTheTimeIsUp()
    {
        using var client = New(new FeedOptions { SendTimeout = TimeSpan.FromMilliseconds(200) });
        client.Queue.Add(Event());
        client.Wake();

        await client.RunAsync(CancellationToken.None).WaitAsync(Limit);

        Assert.True(client.WasDropped);
    }

    [Fact]
    public async Task Wake_MoreThanTheQueueHolds_DropsTheClientLongBefore()
    {
        using var client = New(new FeedOptions { MaxQueued = 10, SendTimeout = TimeSpan.FromMinutes(10) });
        var running = client.RunAsync(CancellationToken.None);

        for (var i = 0; i < 12; i++)
        {
            client.Queue.Add(Event());
            client.Wake();
        }

        await running.WaitAsync(Limit);
        Assert.True(client.WasDropped);
    }

    [Fact]
    public void Add_AnswersThatNobodyReads_OverflowByTheirSize()
    {
        var queue = new FeedQueue(CallerContext.Everyone, new FeedAllowance(1, TimeProvider.System), capacity: 1_000);
        var answer = FeedEvent.Of("subscribed", DateTimeOffset.UnixEpoch, new Contracts.Feed.FeedSelection([new string('x', FeedQueue.MaxOwnBytes / 3)], null));

        queue.Add(answer);
        queue.Add(answer);
        Assert.False(queue.HasOverflowed);
        queue.Take();
        queue.Add(answer);
        queue.Add(answer);
        Assert.False(queue.HasOverflowed);
        queue.Add(answer);

        Assert.True(queue.HasOverflowed);
    }

    private static FeedEvent Event() => FeedEvent.Of("task.queued", DateTimeOffset.UnixEpoch, new Contracts.Feed.FeedSelection(null, null));

    private FeedClient New(FeedOptions options) => new(
        new StuckSocket(),
        new FeedQueue(CallerContext.Everyone, new FeedAllowance(options.MessagesPerSecond, TimeProvider.System), options.MaxQueued),
        options,
        TimeProvider.System,
        new FeedInstruments(_meter));

    /// <summary>Takes nothing and says nothing until it is aborted.</summary>
    private sealed class StuckSocket : WebSocket
    {
        private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override WebSocketCloseStatus? CloseStatus => null;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => _aborted.Task.IsCompleted ? WebSocketState.Aborted : WebSocketState.Open;

        public override string? SubProtocol => null;

        public override void Abort() => _aborted.TrySetResult();

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => _aborted.Task.WaitAsync(cancellationToken);

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => _aborted.Task.WaitAsync(cancellationToken);

        public override void Dispose() => Abort();

        public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
        {
            await _aborted.Task.WaitAsync(cancellationToken);
            throw new WebSocketException(WebSocketError.InvalidState);
        }

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) => _aborted.Task.WaitAsync(cancellationToken);
    }
}

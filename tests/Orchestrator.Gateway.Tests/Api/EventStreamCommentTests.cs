using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Api;
using Orchestrator.Runtime.Watching;
using Orchestrator.Storage.Tasks;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class EventStreamCommentTests
{
    [Fact]
    public async Task Write_SilentTask_CommentsEveryFifteenSeconds()
    {
        var time = new ManualTimeProvider();
        var tasks = new FakeTasks();
        using var lifetime = new ApplicationLifetimeScope();
        var stream = new EventStream(time, lifetime.Lifetime);
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;

        await stream.WriteAsync(http, new TaskEvents(tasks, new FakeWatcher(time, tasks), Guid.Empty), 0);

        // Forty seconds pass in waits of five: the comment comes when fifteen are full, not with every wake.
        var text = System.Text.Encoding.UTF8.GetString(body.ToArray());
        Assert.Equal(2, text.Split(": still here\n\n").Length - 1);
        Assert.EndsWith("event: task.completed\ndata: {\"seq\":2,\"type\":\"task.completed\",\"at\":\"2030-01-02T03:04:45.000000Z\",\"attempt\":1,\"data\":{  \"a\":1}}\n\n", text, StringComparison.Ordinal);
    }

    private sealed class FakeTasks : ITaskReader
    {
        public List<TaskEvent> Events { get; } = [new(1, "submitted", ManualTimeProvider.DefaultStart, 0, null)];

        public bool Ended { get; set; }

        public Task<TaskHistory?> ReadHistoryAsync(Guid id, int afterSeq, int limit, CancellationToken cancellationToken) =>
            Task.FromResult<TaskHistory?>(new TaskHistory([.. Events.Where(entry => entry.Seq > afterSeq).Take(limit)], Events[^1].Seq, Ended));

        public Task<IReadOnlyDictionary<Guid, TaskRecord>> FindManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<TaskRecord?> FindAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ReadOnlyMemory<byte>?> FindInputAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<TaskRecord>?> ListAsync(TaskQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<Guid>> FindEndedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int?> FindQueuePositionAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<TaskState, long>> CountAsync(string? workspace, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    /// <summary>Wakes every five seconds without news, and brings the end after forty.</summary>
    private sealed class FakeWatcher(ManualTimeProvider time, FakeTasks tasks) : ITaskWatcher, ITaskSubscription
    {
        public ITaskSubscription Subscribe(Guid taskId) => this;

        public Task<bool> WaitForEndAsync(Guid taskId, TimeSpan timeout, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
        {
            Assert.InRange(timeout, TimeSpan.Zero, EventStream.CommentInterval);
            time.Advance(TimeSpan.FromSeconds(5));
            if (time.GetUtcNow() >= ManualTimeProvider.DefaultStart.AddSeconds(40))
            {
                tasks.Events.Add(new TaskEvent(2, "completed", time.GetUtcNow(), 1, "{\n \"a\":1}"));
                tasks.Ended = true;
            }

            return Task.CompletedTask;
        }

        public void Dispose()
        {
        }
    }

    private sealed class ApplicationLifetimeScope : IDisposable
    {
        public ApplicationLifetime Lifetime { get; } = new(NullLogger<ApplicationLifetime>.Instance);

        public void Dispose() => Lifetime.StopApplication();
    }
}

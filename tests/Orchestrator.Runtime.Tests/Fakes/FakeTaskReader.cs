using System.Collections.Concurrent;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Runtime.Tests.Fakes;

/// <summary>Knows which tasks have ended, and counts how often it is asked.</summary>
internal sealed class FakeTaskReader : ITaskReader
{
    private int _queries;

    public ConcurrentDictionary<Guid, bool> EndedTasks { get; } = new();

    public int Queries => Volatile.Read(ref _queries);

    public Func<Task> BeforeAnswer { get; set; } = static () => Task.CompletedTask;

    public async Task<IReadOnlyList<Guid>> FindEndedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _queries);
        await BeforeAnswer();
        return [.. ids.Where(EndedTasks.ContainsKey)];
    }

    public Task<IReadOnlyDictionary<Guid, TaskRecord>> FindManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TaskRecord?> FindAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ReadOnlyMemory<byte>?> FindInputAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<TaskRecord>?> ListAsync(TaskQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TaskHistory?> ReadHistoryAsync(Guid id, int afterSeq, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int?> FindQueuePositionAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<TaskState, long>> CountAsync(string? workspace, CancellationToken cancellationToken) => throw new NotSupportedException();
}

using Orchestrator.Storage.Timelines;

namespace Orchestrator.Storage.Relational;

/// <summary>Runs work on connections of one dialect. Work may run more than once, so it must not keep state between tries.</summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <inheritdoc cref="ITimelineStore.News"/>
    Action<TaskNews>? News { get; set; }

    Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> in one transaction that has committed when the task completes.</summary>
    Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken);
}

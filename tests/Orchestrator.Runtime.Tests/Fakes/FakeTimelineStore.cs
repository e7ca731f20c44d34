using Orchestrator.Storage.Failures;
using Orchestrator.Storage.Timelines;

namespace Orchestrator.Runtime.Tests.Fakes;

/// <summary>Keeps what is written, or is away.</summary>
internal sealed class FakeTimelineStore(TimeProvider time) : ITimelineStore, IErrorStore
{
    private readonly Dictionary<(DateTimeOffset At, long WorkspaceKey, string Action), long> _completed = [];

    public bool IsAway { get; set; }

    public TimeSpan ClockAhead { get; set; }

    public Action<TaskNews>? News { get; set; }

    public List<ErrorGroup> Errors { get; } = [];

    /// <summary>Completed tasks by the rows that were written last.</summary>
    public long Completed(long workspaceKey, string action) =>
        _completed.Where(row => row.Key.WorkspaceKey == workspaceKey && row.Key.Action == action).Sum(static row => row.Value);

    public IReadOnlyList<DateTimeOffset> Buckets => [.. _completed.Keys.Select(static row => row.At).Distinct().Order()];

    public int Rows => _completed.Count;

    public Task<DateTimeOffset> WriteAsync(Guid process, IReadOnlyList<TimelineRow> rows, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        foreach (var row in rows)
        {
            _completed[(row.At, row.WorkspaceKey, row.Action)] = row.Figures.Completed;
        }

        return Task.FromResult(time.GetUtcNow() + ClockAhead);
    }

    public Task WriteAsync(IReadOnlyList<ErrorGroup> gathered, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        Errors.AddRange(gathered);
        return Task.CompletedTask;
    }

    public Task<TimelineRecord> ReadAsync(TimelineQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ErrorRecord>> ListAsync(ErrorQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    private void ThrowIfAway()
    {
        if (IsAway)
        {
            throw new Storage.StoreUnavailableException("away");
        }
    }
}

using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Timelines;

namespace Orchestrator.Storage.Sqlite;

/// <summary>A piece of work for the writer. Its caller hears of it only after the commit.</summary>
internal abstract class SqliteWrite
{
    /// <summary>Runs the work, also once more after it was rolled back; false when it threw and must be rolled back.</summary>
    public abstract bool TryRun(SqliteSession session);

    /// <summary>Tells the caller how the work ended, now that it is durable, and before that what it did to tasks.</summary>
    public abstract void Acknowledge(Action<TaskNews>? tell);

    /// <summary>Tells the caller that nothing was written.</summary>
    public abstract void FailCommit(Exception exception);
}

/// <inheritdoc/>
internal sealed class SqliteWrite<T>(Func<Session, Task<T>> work) : SqliteWrite
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _failure;
    private TaskNews? _news;

    public Task<T> Completion => _completion.Task;

    public override bool TryRun(SqliteSession session)
    {
        try
        {
            _failure = null;
            session.TakeNews();
            _result = work(session).GetAwaiter().GetResult();
            _news = session.TakeNews();
            return true;
        }
        catch (Exception exception)
        {
            _failure = SqliteErrors.IsUnavailable(exception) ? SqliteErrors.Unavailable(exception) : exception;
            return false;
        }
    }

    public override void Acknowledge(Action<TaskNews>? tell)
    {
        if (_failure is null)
        {
            if (_news is not null)
            {
                tell?.Invoke(_news);
            }

            _completion.SetResult(_result!);
        }
        else
        {
            _completion.SetException(_failure);
        }
    }

    public override void FailCommit(Exception exception) => _completion.SetException(_failure ?? exception);
}

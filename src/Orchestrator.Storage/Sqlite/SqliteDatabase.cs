using System.Collections.Concurrent;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Timelines;

namespace Orchestrator.Storage.Sqlite;

/// <summary>
/// One SQLite file: a single writer on its own thread, which commits everything that waits in one transaction (one sync to
/// disk), where the failure of one takes nothing with it; and as many readers as there are reads.
/// </summary>
internal sealed class SqliteDatabase : IDatabase
{
    private const int MaxQueuedWrites = 20_000;
    private const int MaxWritesPerCommit = 256;

    private readonly SqliteConnections _connections;
    private readonly ConcurrentBag<SqliteSession> _readers = [];

    // A blocking collection, because the writer must not wait for a thread of the pool.
    private readonly BlockingCollection<SqliteWrite> _writes = new(MaxQueuedWrites);

    private readonly Thread _writer;
    private readonly SqliteSession _session;

    public SqliteDatabase(SqliteConnections connections)
    {
        _connections = connections;
        _session = connections.Open();
        _writer = new Thread(WriteUntilClosed) { Name = "orchestrator-sqlite-writer", IsBackground = true };
        _writer.Start();
    }

    public Action<TaskNews>? News { get; set; }

    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_readers.TryTake(out var session))
        {
            session = _connections.Open();
        }

        try
        {
            return Task.FromResult(work(session).GetAwaiter().GetResult());
        }
        catch (Exception exception) when (SqliteErrors.IsUnavailable(exception))
        {
            throw SqliteErrors.Unavailable(exception);
        }
        finally
        {
            _readers.Add(session);
        }
    }

    public Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var write = new SqliteWrite<T>(work);
        try
        {
            if (!_writes.TryAdd(write))
            {
                throw new StoreUnavailableException("The queue of the SQLite writer is full.");
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new StoreUnavailableException("The SQLite file is closed.", exception);
        }

        return write.Completion;
    }

    public async ValueTask DisposeAsync()
    {
        _writes.CompleteAdding();
        await Task.Run(_writer.Join).ConfigureAwait(false);
        _session.Dispose();
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        _writes.Dispose();
    }

    private void WriteUntilClosed()
    {
        var group = new List<SqliteWrite>(MaxWritesPerCommit);
        while (_writes.TryTake(out var first, Timeout.Infinite))
        {
            group.Add(first);
            while (group.Count < MaxWritesPerCommit && _writes.TryTake(out var write))
            {
                group.Add(write);
            }

            CommitTogether(group);
            group.Clear();
        }
    }

    private void CommitTogether(List<SqliteWrite> group)
    {
        try
        {
            _session.Run("begin immediate");
            if (!group.TrueForAll(write => write.TryRun(_session)))
            {
                RollBack();
                _session.Run("begin immediate");
                group.ForEach(RunUnderSavepoint);
            }

            _session.Run("commit");
        }
        catch (Exception exception)
        {
            // Nothing of the group is written: SQLite may have rolled back by itself, otherwise this does.
            RollBack();
            group.ForEach(write => write.FailCommit(SqliteErrors.IsUnavailable(exception) ? SqliteErrors.Unavailable(exception) : exception));
            return;
        }

        group.ForEach(write => write.Acknowledge(News));
    }

    /// <summary>Runs work of a group in which some failed, so that what fails takes nothing with it. A savepoint copies the pages that follow it, so only then.</summary>
    private void RunUnderSavepoint(SqliteWrite write)
    {
        _session.Run("savepoint work");
        if (!write.TryRun(_session))
        {
            // Disk errors end the whole transaction; then this throws, and the group fails together.
            _session.Run("rollback to work");
        }

        _session.Run("release work");
    }

    private void RollBack()
    {
        if (_session.IsInTransaction)
        {
            _session.Run("rollback");
        }
    }
}

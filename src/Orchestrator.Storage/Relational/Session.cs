using Orchestrator.Storage.Timelines;

namespace Orchestrator.Storage.Relational;

/// <summary>An open connection, inside a transaction when it writes. Queries are named; their texts stand in <c>Sql/</c>.</summary>
internal abstract class Session
{
    private TaskNews? _news;

    /// <summary>What is to be told of tasks once the work is committed.</summary>
    public TaskNews News => _news ??= new TaskNews();

    /// <summary>Runs a statement and answers how many rows it changed.</summary>
    public abstract Task<int> ExecuteAsync(string query, params Parameter[] parameters);

    /// <summary>Runs a query and reads all its rows.</summary>
    public abstract Task<List<T>> QueryAsync<T>(string query, Func<Row, T> read, params Parameter[] parameters);

    /// <summary>What work has told, and forgets it; null for nothing.</summary>
    public TaskNews? TakeNews()
    {
        var news = _news;
        _news = null;
        return news;
    }

    /// <summary>Runs a query of at most one row.</summary>
    public async Task<T?> FindAsync<T>(string query, Func<Row, T> read, params Parameter[] parameters)
    {
        var rows = await QueryAsync(query, read, parameters).ConfigureAwait(false);
        return rows.Count == 0 ? default : rows[0];
    }

    /// <summary>Whether a query answers any row.</summary>
    public async Task<bool> AnyAsync(string query, params Parameter[] parameters) =>
        (await QueryAsync(query, static _ => true, parameters).ConfigureAwait(false)).Count > 0;
}

using Microsoft.Data.Sqlite;
using Orchestrator.Storage.Relational;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Orchestrator.Storage.Sqlite;

/// <summary>One SQLite connection with its prepared statements. Every call completes before it returns.</summary>
internal sealed class SqliteSession(sqlite3 connection) : Session, IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => sqlite3_get_autocommit(connection) == 0;

    public override Task<int> ExecuteAsync(string query, params Parameter[] parameters) => Task.FromResult(Execute(query, parameters));

    public override Task<List<T>> QueryAsync<T>(string query, Func<Row, T> read, params Parameter[] parameters) =>
        Task.FromResult(Query(query, read, parameters));

    /// <summary>Runs a statement and answers how many rows it changed.</summary>
    public int Execute(string query, params Parameter[] parameters)
    {
        var statement = Prepare(query);
        try
        {
            statement.Bind(parameters);
            while (statement.Step())
            {
            }

            return sqlite3_changes(connection);
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Runs a query and reads all its rows.</summary>
    public List<T> Query<T>(string query, Func<Row, T> read, params Parameter[] parameters)
    {
        var statement = Prepare(query);
        try
        {
            statement.Bind(parameters);
            var rows = new List<T>();
            var row = new SqliteRow(statement);
            while (statement.Step())
            {
                rows.Add(read(row));
            }

            return rows;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Runs statements that have no parameters and no name: transaction control and schema.</summary>
    public void Run(string sql) => SqliteException.ThrowExceptionForRC(sqlite3_exec(connection, sql), connection);

    /// <summary>Prepares a named query, once.</summary>
    public SqliteStatement Prepare(string query)
    {
        if (!_statements.TryGetValue(query, out var statement))
        {
            statement = new SqliteStatement(connection, SqlCatalog.Sqlite[query]);
            _statements.Add(query, statement);
        }

        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }
}

using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orchestrator.Storage.Relational;

namespace Orchestrator.Storage.Sqlite;

/// <summary>One SQLite connection with its prepared statements. Every call completes before it returns.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : Session, IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    public override Task<int> ExecuteAsync(string query, params Parameter[] parameters) =>
        Task.FromResult(Prepare(query, parameters).ExecuteNonQuery());

    public override Task<List<T>> QueryAsync<T>(string query, Func<Row, T> read, params Parameter[] parameters)
    {
        using var reader = Prepare(query, parameters).ExecuteReader();
        var row = new SqliteRow(reader);
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(row));
        }

        return Task.FromResult(rows);
    }

    /// <summary>Runs a statement that has no parameters and no name: transaction control and schema.</summary>
    public void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Prepare(string query, Parameter[] parameters)
    {
        if (!_commands.TryGetValue(query, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = SqlCatalog.Sqlite[query];
            foreach (var parameter in parameters)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = parameter.Name });
            }

            _commands.Add(query, command);
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = ToSqlite(parameters[i]);
        }

        return command;
    }

    private static object ToSqlite(Parameter parameter) => parameter.Value is null ? DBNull.Value : parameter.Type switch
    {
        ParameterType.Flag => (bool)parameter.Value ? 1L : 0L,
        ParameterType.Id => ((Guid)parameter.Value).ToString("D"),
        ParameterType.Time => UnixTime.ToMicroseconds((DateTimeOffset)parameter.Value),
        ParameterType.Span => (long)((TimeSpan)parameter.Value).TotalMicroseconds,
        ParameterType.Bytes => ((ReadOnlyMemory<byte>)parameter.Value).ToArray(),
        ParameterType.TextList => JsonSerializer.Serialize((IReadOnlyCollection<string>)parameter.Value, StorageJson.Default.IReadOnlyCollectionString),
        ParameterType.IdList => JsonSerializer.Serialize((IReadOnlyCollection<Guid>)parameter.Value, StorageJson.Default.IReadOnlyCollectionGuid),
        ParameterType.BigIntegerList => JsonSerializer.Serialize((IReadOnlyCollection<long>)parameter.Value, StorageJson.Default.IReadOnlyCollectionInt64),
        _ => parameter.Value,
    };
}

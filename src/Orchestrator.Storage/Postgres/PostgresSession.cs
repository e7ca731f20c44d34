using Npgsql;
using NpgsqlTypes;
using Orchestrator.Storage.Relational;

namespace Orchestrator.Storage.Postgres;

internal sealed class PostgresSession(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancellationToken)
    : Session
{
    public NpgsqlConnection Connection => connection;

    public CancellationToken CancellationToken => cancellationToken;

    public override async Task<int> ExecuteAsync(string query, params Parameter[] parameters)
    {
        await using var command = CreateCommand(query, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task<List<T>> QueryAsync<T>(string query, Func<Row, T> read, params Parameter[] parameters)
    {
        await using var command = CreateCommand(query, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var row = new PostgresRow(reader);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(row));
        }

        return rows;
    }

    /// <summary>For statements that go out together.</summary>
    public NpgsqlBatch CreateBatch() => new(connection, transaction);

    public NpgsqlCommand CreateCommand(string query, params ReadOnlySpan<Parameter> parameters)
    {
        var command = new NpgsqlCommand(SqlCatalog.Postgres[query], connection, transaction);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(ToNpgsql(parameter));
        }

        return command;
    }

    private static NpgsqlParameter ToNpgsql(Parameter parameter)
    {
        var (type, value) = parameter.Type switch
        {
            ParameterType.Text => (NpgsqlDbType.Text, parameter.Value),
            ParameterType.Integer => (NpgsqlDbType.Integer, parameter.Value),
            ParameterType.BigInteger => (NpgsqlDbType.Bigint, parameter.Value),
            ParameterType.Real => (NpgsqlDbType.Double, parameter.Value),
            ParameterType.Flag => (NpgsqlDbType.Boolean, parameter.Value),
            ParameterType.Id => (NpgsqlDbType.Uuid, parameter.Value),
            ParameterType.Time => (NpgsqlDbType.TimestampTz, PostgresTime.Of(parameter.Value as DateTimeOffset?)),
            ParameterType.Span => (NpgsqlDbType.Interval, parameter.Value),
            ParameterType.Bytes => (NpgsqlDbType.Bytea, parameter.Value),
            ParameterType.TextList => (NpgsqlDbType.Array | NpgsqlDbType.Text, (parameter.Value as IReadOnlyCollection<string>)?.ToArray()),
            ParameterType.IdList => (NpgsqlDbType.Array | NpgsqlDbType.Uuid, ((IReadOnlyCollection<Guid>)parameter.Value!).ToArray()),
            ParameterType.BigIntegerList => (NpgsqlDbType.Array | NpgsqlDbType.Bigint, ((IReadOnlyCollection<long>)parameter.Value!).ToArray()),
            _ => throw new ArgumentOutOfRangeException(nameof(parameter)),
        };
        return new NpgsqlParameter(parameter.Name, type) { Value = value ?? DBNull.Value };
    }
}

using Npgsql;
using NpgsqlTypes;

namespace Orchestrator.Storage.Postgres;

/// <summary>Rows as the parameters of a command: one array a column.</summary>
internal readonly struct PostgresColumns<TRow>(NpgsqlParameterCollection parameters, IReadOnlyList<TRow> rows)
{
    public void Add<T>(string name, NpgsqlDbType type, Func<TRow, T> value)
    {
        var column = new T[rows.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = value(rows[i]);
        }

        parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | type) { Value = column });
    }

    /// <summary>Adds a value that all rows share.</summary>
    public void AddAlone(string name, NpgsqlDbType type, object value) =>
        parameters.Add(new NpgsqlParameter(name, type) { Value = value });
}

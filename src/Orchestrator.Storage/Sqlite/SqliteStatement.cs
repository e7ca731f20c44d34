using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;
using Orchestrator.Storage.Relational;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Orchestrator.Storage.Sqlite;

/// <summary>A prepared statement. A task passes through a dozen of them, so values go straight to SQLite.</summary>
internal sealed class SqliteStatement : IDisposable
{
    /// <summary>Texts up to this many characters are encoded on the stack.</summary>
    private const int ShortText = 256;

    private readonly sqlite3 _connection;
    private readonly string[] _parameters;

    public SqliteStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        SqliteException.ThrowExceptionForRC(sqlite3_prepare_v3(connection, sql, SQLITE_PREPARE_PERSISTENT, out var handle), connection);
        Handle = handle;
        _parameters = [.. Enumerable.Range(1, sqlite3_bind_parameter_count(handle)).Select(i => sqlite3_bind_parameter_name(handle, i).utf8_to_string())];
        Columns = Enumerable.Range(0, sqlite3_column_count(handle))
            .ToDictionary(i => sqlite3_column_name(handle, i).utf8_to_string(), StringComparer.Ordinal);
    }

    public sqlite3_stmt Handle { get; }

    /// <summary>The place of each column.</summary>
    public IReadOnlyDictionary<string, int> Columns { get; }

    public void Bind(Parameter[] parameters)
    {
        for (var i = 0; i < _parameters.Length; i++)
        {
            Bind(i + 1, Find(parameters, i));
        }
    }

    /// <summary>Moves to the next row; false when there is none.</summary>
    public bool Step()
    {
        var code = sqlite3_step(Handle);
        if (code is SQLITE_ROW or SQLITE_DONE)
        {
            return code == SQLITE_ROW;
        }

        SqliteException.ThrowExceptionForRC(code, _connection);
        return false;
    }

    /// <summary>Lets go of the rows. Its code repeats the failure of the last step, which was thrown there.</summary>
    public void Reset() => sqlite3_reset(Handle);

    public void Dispose() => Handle.Dispose();

    /// <summary>The parameter of a name; callers mostly give them in the order of the query.</summary>
    private Parameter Find(Parameter[] parameters, int place)
    {
        var name = _parameters[place];
        if (place < parameters.Length && parameters[place].Name == name)
        {
            return parameters[place];
        }

        foreach (var parameter in parameters)
        {
            if (parameter.Name == name)
            {
                return parameter;
            }
        }

        throw new InvalidOperationException($"A statement lacks its parameter {name}.");
    }

    private void Bind(int place, Parameter parameter) => Check(parameter.Value is null ? sqlite3_bind_null(Handle, place) : parameter.Type switch
    {
        ParameterType.Text => BindText(place, (string)parameter.Value),
        ParameterType.Integer => sqlite3_bind_int64(Handle, place, (int)parameter.Value),
        ParameterType.BigInteger => sqlite3_bind_int64(Handle, place, (long)parameter.Value),
        ParameterType.Real => sqlite3_bind_double(Handle, place, (double)parameter.Value),
        ParameterType.Flag => sqlite3_bind_int64(Handle, place, (bool)parameter.Value ? 1 : 0),
        ParameterType.Id => BindId(place, (Guid)parameter.Value),
        ParameterType.Time => sqlite3_bind_int64(Handle, place, UnixTime.ToMicroseconds((DateTimeOffset)parameter.Value)),
        ParameterType.Span => sqlite3_bind_int64(Handle, place, (long)((TimeSpan)parameter.Value).TotalMicroseconds),
        ParameterType.Bytes => BindBytes(place, ((ReadOnlyMemory<byte>)parameter.Value).Span),
        ParameterType.TextList => BindUtf8(place, JsonSerializer.SerializeToUtf8Bytes((IReadOnlyCollection<string>)parameter.Value, StorageJson.Default.IReadOnlyCollectionString)),
        ParameterType.IdList => BindUtf8(place, JsonSerializer.SerializeToUtf8Bytes((IReadOnlyCollection<Guid>)parameter.Value, StorageJson.Default.IReadOnlyCollectionGuid)),
        ParameterType.BigIntegerList => BindUtf8(place, JsonSerializer.SerializeToUtf8Bytes((IReadOnlyCollection<long>)parameter.Value, StorageJson.Default.IReadOnlyCollectionInt64)),
        _ => throw new InvalidOperationException($"{parameter.Type} has no form in SQLite."),
    });

    private int BindText(int place, string text)
    {
        if (text.Length > ShortText)
        {
            return BindUtf8(place, Encoding.UTF8.GetBytes(text));
        }

        // A span of none has no address.
        if (text.Length == 0)
        {
            return sqlite3_bind_text(Handle, place, text);
        }

        Span<byte> utf8 = stackalloc byte[ShortText * 3];
        Utf8.FromUtf16(text, utf8, out _, out var length);
        return BindUtf8(place, utf8[..length]);
    }

    private int BindId(int place, Guid id)
    {
        Span<byte> utf8 = stackalloc byte[36];
        id.TryFormat(utf8, out _);
        return BindUtf8(place, utf8);
    }

    private int BindUtf8(int place, ReadOnlySpan<byte> utf8) => sqlite3_bind_text(Handle, place, utf8);

    // Bytes without any are not null, but a span of none has no address.
    private int BindBytes(int place, ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty ? sqlite3_bind_zeroblob(Handle, place, 0) : sqlite3_bind_blob(Handle, place, bytes);

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _connection);
}

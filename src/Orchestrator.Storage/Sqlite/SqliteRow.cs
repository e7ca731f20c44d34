using System.Text;
using Orchestrator.Storage.Relational;
using static SQLitePCL.raw;

namespace Orchestrator.Storage.Sqlite;

/// <summary>The row on which a statement stands.</summary>
internal sealed class SqliteRow(SqliteStatement statement) : Row
{
    public override bool IsNull(string column) => IsNull(Ordinal(column));

    public override string Text(string column) => Text(Ordinal(column));

    public override int Integer(string column) => checked((int)BigInteger(column));

    public override long BigInteger(string column) => sqlite3_column_int64(statement.Handle, Ordinal(column));

    public override double Real(string column) => sqlite3_column_double(statement.Handle, Ordinal(column));

    public override byte[] Bytes(string column) => sqlite3_column_blob(statement.Handle, Ordinal(column)).ToArray();

    public override Guid Id(string column) => Guid.ParseExact(Text(column), "D");

    public override DateTimeOffset Time(string column) => UnixTime.FromMicroseconds(BigInteger(column));

    public override TimeSpan Span(string column) => TimeSpan.FromMicroseconds(BigInteger(column));

    public override bool Flag(string column) => BigInteger(column) != 0;

    public override IReadOnlyList<string> TextList(string column) => Json.ToList(Text(column));

    public override string Describe() => string.Join(", ", Enumerable.Range(0, sqlite3_column_count(statement.Handle))
        .Select(i => $"{sqlite3_column_name(statement.Handle, i).utf8_to_string()}={(IsNull(i) ? "null" : Text(i))}"));

    private bool IsNull(int place) => sqlite3_column_type(statement.Handle, place) == SQLITE_NULL;

    // Of a text the bytes are the same, and unlike the text they come with their length.
    private string Text(int place) => Encoding.UTF8.GetString(sqlite3_column_blob(statement.Handle, place));

    private int Ordinal(string column) => statement.Columns[column];
}

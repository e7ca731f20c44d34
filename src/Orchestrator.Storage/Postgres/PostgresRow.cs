using System.Data.Common;
using Orchestrator.Storage.Relational;

namespace Orchestrator.Storage.Postgres;

internal sealed class PostgresRow(DbDataReader reader) : Row
{
    public override bool IsNull(string column) => reader.IsDBNull(Ordinal(column));

    public override string Text(string column) => reader.GetString(Ordinal(column));

    public override int Integer(string column) => reader.GetInt32(Ordinal(column));

    public override long BigInteger(string column) => reader.GetInt64(Ordinal(column));

    public override double Real(string column) => reader.GetDouble(Ordinal(column));

    public override byte[] Bytes(string column) => reader.GetFieldValue<byte[]>(Ordinal(column));

    public override Guid Id(string column) => reader.GetGuid(Ordinal(column));

    public override DateTimeOffset Time(string column) => reader.GetFieldValue<DateTimeOffset>(Ordinal(column));

    public override TimeSpan Span(string column) => reader.GetFieldValue<TimeSpan>(Ordinal(column));

    public override bool Flag(string column) => reader.GetBoolean(Ordinal(column));

    public override IReadOnlyList<string> TextList(string column) => reader.GetFieldValue<string[]>(Ordinal(column));

    public override string Describe() => string.Join(", ", Enumerable.Range(0, reader.FieldCount)
        .Select(i => $"{reader.GetName(i)}={(reader.IsDBNull(i) ? "null" : reader.GetValue(i))}"));

    private int Ordinal(string column) => reader.GetOrdinal(column);
}

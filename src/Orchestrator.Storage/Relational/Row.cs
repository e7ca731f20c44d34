using System.Data.Common;

namespace Orchestrator.Storage.Relational;

/// <summary>A result row read by column name, with the types that the dialects store differently.</summary>
internal abstract class Row(DbDataReader reader)
{
    protected DbDataReader Reader { get; } = reader;

    public abstract Guid Id(string column);

    public abstract DateTimeOffset Time(string column);

    public abstract TimeSpan Span(string column);

    public abstract bool Flag(string column);

    public abstract IReadOnlyList<string> TextList(string column);

    public bool IsNull(string column) => Reader.IsDBNull(Ordinal(column));

    public string Text(string column) => Reader.GetString(Ordinal(column));

    public int Integer(string column) => Reader.GetInt32(Ordinal(column));

    public long BigInteger(string column) => Reader.GetInt64(Ordinal(column));

    public double Real(string column) => Reader.GetDouble(Ordinal(column));

    public byte[] Bytes(string column) => Reader.GetFieldValue<byte[]>(Ordinal(column));

    public string? TextOrNull(string column) => IsNull(column) ? null : Text(column);

    public int? IntegerOrNull(string column) => IsNull(column) ? null : Integer(column);

    public long? BigIntegerOrNull(string column) => IsNull(column) ? null : BigInteger(column);

    public double? RealOrNull(string column) => IsNull(column) ? null : Real(column);

    public Guid? IdOrNull(string column) => IsNull(column) ? null : Id(column);

    public DateTimeOffset? TimeOrNull(string column) => IsNull(column) ? null : Time(column);

    public TimeSpan? SpanOrNull(string column) => IsNull(column) ? null : Span(column);

    public bool? FlagOrNull(string column) => IsNull(column) ? null : Flag(column);

    public byte[]? BytesOrNull(string column) => IsNull(column) ? null : Bytes(column);

    /// <summary>The whole row as text, for reports.</summary>
    public string Describe() => string.Join(", ", Enumerable.Range(0, Reader.FieldCount)
        .Select(i => $"{Reader.GetName(i)}={(Reader.IsDBNull(i) ? "null" : Reader.GetValue(i))}"));

    protected int Ordinal(string column) => Reader.GetOrdinal(column);
}

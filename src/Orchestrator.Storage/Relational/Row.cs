namespace Orchestrator.Storage.Relational;

/// <summary>A result row read by column name.</summary>
internal abstract class Row
{
    public abstract bool IsNull(string column);

    public abstract string Text(string column);

    public abstract int Integer(string column);

    public abstract long BigInteger(string column);

    public abstract double Real(string column);

    public abstract byte[] Bytes(string column);

    public abstract Guid Id(string column);

    public abstract DateTimeOffset Time(string column);

    public abstract TimeSpan Span(string column);

    public abstract bool Flag(string column);

    public abstract IReadOnlyList<string> TextList(string column);

    /// <summary>The whole row as text, for reports.</summary>
    public abstract string Describe();

    public string? TextOrNull(string column) => IsNull(column) ? null : Text(column);

    public int? IntegerOrNull(string column) => IsNull(column) ? null : Integer(column);

    public long? BigIntegerOrNull(string column) => IsNull(column) ? null : BigInteger(column);

    public double? RealOrNull(string column) => IsNull(column) ? null : Real(column);

    public Guid? IdOrNull(string column) => IsNull(column) ? null : Id(column);

    public DateTimeOffset? TimeOrNull(string column) => IsNull(column) ? null : Time(column);

    public TimeSpan? SpanOrNull(string column) => IsNull(column) ? null : Span(column);

    public bool? FlagOrNull(string column) => IsNull(column) ? null : Flag(column);

    public byte[]? BytesOrNull(string column) => IsNull(column) ? null : Bytes(column);

    /// <summary>As a value of its own: an array that is null would turn into memory that is empty.</summary>
    public ReadOnlyMemory<byte>? MemoryOrNull(string column) => IsNull(column) ? default(ReadOnlyMemory<byte>?) : Bytes(column);
}

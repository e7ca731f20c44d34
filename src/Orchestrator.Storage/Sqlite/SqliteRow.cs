using System.Data.Common;
using Orchestrator.Storage.Relational;

namespace Orchestrator.Storage.Sqlite;

internal sealed class SqliteRow(DbDataReader reader) : Row(reader)
{
    public override Guid Id(string column) => Guid.ParseExact(Text(column), "D");

    public override DateTimeOffset Time(string column) => UnixTime.FromMicroseconds(BigInteger(column));

    public override TimeSpan Span(string column) => TimeSpan.FromMicroseconds(BigInteger(column));

    public override bool Flag(string column) => BigInteger(column) != 0;

    public override IReadOnlyList<string> TextList(string column) => Json.ToList(Text(column));
}

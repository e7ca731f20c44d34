using System.Data.Common;
using Orchestrator.Storage.Relational;

namespace Orchestrator.Storage.Postgres;

internal sealed class PostgresRow(DbDataReader reader) : Row(reader)
{
    public override Guid Id(string column) => Reader.GetGuid(Ordinal(column));

    public override DateTimeOffset Time(string column) => Reader.GetFieldValue<DateTimeOffset>(Ordinal(column));

    public override TimeSpan Span(string column) => Reader.GetFieldValue<TimeSpan>(Ordinal(column));

    public override bool Flag(string column) => Reader.GetBoolean(Ordinal(column));

    public override IReadOnlyList<string> TextList(string column) => Reader.GetFieldValue<string[]>(Ordinal(column));
}

using Orchestrator.Storage.Relational;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public sealed class SqliteInvariantTests() : InvariantConformance(OnSqlite.CreateAsync)
{
    protected override string EmptyList => "[]";

    protected override string BeforeTheUpdate => "updated_at - 1";

    private protected override SqlCatalog Catalog => SqlCatalog.Sqlite;
}

[OnPostgres]
public sealed class PostgresInvariantTests() : InvariantConformance(OnPostgresServer.CreateAsync)
{
    protected override string EmptyList => "{}";

    protected override string BeforeTheUpdate => "updated_at - interval '1 second'";

    private protected override SqlCatalog Catalog => SqlCatalog.Postgres;
}

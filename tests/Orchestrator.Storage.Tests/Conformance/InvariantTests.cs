using Orchestrator.Storage.Relational;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public sealed class SqliteInvariantTests() : InvariantConformance(OnSqlite.CreateAsync)
{
    protected override string EmptyList => "[]";

    private protected override SqlCatalog Catalog => SqlCatalog.Sqlite;
}

[OnPostgres]
public sealed class PostgresInvariantTests() : InvariantConformance(OnPostgresServer.CreateAsync)
{
    protected override string EmptyList => "{}";

    private protected override SqlCatalog Catalog => SqlCatalog.Postgres;
}

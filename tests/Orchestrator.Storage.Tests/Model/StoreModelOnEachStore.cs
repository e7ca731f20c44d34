using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.TestKit.Stores;
using Xunit.Abstractions;

namespace Orchestrator.Storage.Tests.Model;

public sealed class SqliteModelTests(ITestOutputHelper output) : StoreModelTests(OnSqlite.CreateAsync, runs: 150, output);

[OnPostgres]
public sealed class PostgresModelTests(ITestOutputHelper output) : StoreModelTests(OnPostgresServer.CreateAsync, runs: 60, output);

using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.TestKit.Stores;
using Xunit.Abstractions;

namespace Orchestrator.Storage.Tests.Model;

public sealed class SqliteFencedStoreTests(ITestOutputHelper output) : FencedStoreTests(OnSqlite.CreateAsync, runs: 150, output);

public sealed class SqliteUnfencedStoreTests(ITestOutputHelper output) : UnfencedStoreTests(OnSqlite.CreateAsync, output);

[OnPostgres]
public sealed class PostgresFencedStoreTests(ITestOutputHelper output) : FencedStoreTests(OnPostgresServer.CreateAsync, runs: 60, output);

[OnPostgres]
public sealed class PostgresUnfencedStoreTests(ITestOutputHelper output) : UnfencedStoreTests(OnPostgresServer.CreateAsync, output);

using System.Text.RegularExpressions;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Sqlite;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests;

/// <summary>Each named query exists, is used, and prepares.</summary>
public sealed partial class SqlCatalogTests
{
    private static readonly string SourceFolder = RepositoryFolder.Combine("src", "Orchestrator.Storage");

    private static readonly IReadOnlyList<string> Code =
        [.. Directory.EnumerateFiles(SourceFolder, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText)];

    private static readonly Dictionary<string, string> PostgresTypes = new()
    {
        ["Text"] = "text",
        ["Integer"] = "integer",
        ["BigInteger"] = "bigint",
        ["Real"] = "double precision",
        ["Flag"] = "boolean",
        ["Id"] = "uuid",
        ["Time"] = "timestamptz",
        ["Span"] = "interval",
        ["Bytes"] = "bytea",
        ["TextList"] = "text[]",
        ["IdList"] = "uuid[]",
        ["BigIntegerList"] = "bigint[]",
    };

    // Whole columns go in as arrays, past the common parameters; every test of submissions and leases runs these. A
    // statement that is not a query cannot be prepared.
    private static readonly string[] WithOwnParameters =
    [
        "insert_tasks", "finish_tasks", "finish_tasks_with_usage", "finish_steps", "finish_steps_with_usage", "renew_leases", "take_turn", "listen", "listen_feed",
        "insert_runs", "update_runs", "keep_run_outputs", "insert_run_timelines", "tell_runs", "keep_steps", "find_run_outputs",
    ];

    private static readonly ILookup<string, string> ParameterTypes = ReadParameterTypes();

    [Fact]
    public void Query_InTheCatalogue_IsUsed()
    {
        var used = Code.SelectMany(text => Literal().Matches(text)).Select(match => match.Groups["name"].Value).ToHashSet();

        var unused = SqlCatalog.Postgres.Names.Union(SqlCatalog.Sqlite.Names)
            .Where(name => !name.StartsWith("Invariants/", StringComparison.Ordinal) && !used.Contains(name));

        Assert.Equal([], unused);
    }

    [Fact]
    public void Query_CommonCode_ExistsInBothDialects()
    {
        var common = Directory.EnumerateFiles(Path.Combine(SourceFolder, "Relational"), "*.cs")
            .SelectMany(file => QueryCall().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value)
            .ToHashSet();

        Assert.NotEmpty(common);
        Assert.Equal([], common.Except(SqlCatalog.Postgres.Names));
        Assert.Equal([], common.Except(SqlCatalog.Sqlite.Names));
    }

    [Fact]
    public async Task Query_OfSqlite_Prepares()
    {
        await using var test = await SqliteTestStore.CreateAsync();
        var connections = new SqliteConnections(Path.Combine(test.Folder, "orchestrator.db"), TimeProvider.System);
        using var session = connections.Open();

        foreach (var name in SqlCatalog.Sqlite.Names)
        {
            var failure = Record.Exception(() => session.Prepare(name));
            Assert.True(failure is null, $"{name}: {failure}");
        }
    }

    [PostgresFact]
    public async Task Query_OfPostgres_Prepares()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using (var store = StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System))
        {
            await store.MigrateAsync(CancellationToken.None);
        }

        foreach (var name in SqlCatalog.Postgres.Names.Except(WithOwnParameters))
        {
            var failures = new List<string>();
            foreach (var statement in ToPrepare(SqlCatalog.Postgres[name]))
            {
                if (await Record.ExceptionAsync(() => schema.ExecuteAsync($"{statement}; DEALLOCATE probe")) is not { } failure)
                {
                    failures.Clear();
                    break;
                }

                failures.Add(failure.Message);
            }

            Assert.True(failures.Count == 0, $"{name}: {string.Join("; ", failures)}");
        }
    }

    /// <summary>The query as a prepared statement, with every choice of the types that the code gives to parameters of these names.</summary>
    private static IEnumerable<string> ToPrepare(string query)
    {
        var names = ParameterName().Matches(query).Select(match => match.Groups["name"].Value).Distinct().ToList();
        var text = ParameterName().Replace(query, match => $"${names.IndexOf(match.Groups["name"].Value) + 1}");
        IEnumerable<string[]> choices = [[]];
        foreach (var types in names.Select(name => ParameterTypes[name].Distinct().ToArray()))
        {
            choices = choices.SelectMany(_ => types, (chosen, type) => (string[])[.. chosen, type]);
        }

        return choices.Select(types => $"PREPARE probe {(types.Length == 0 ? string.Empty : $"({string.Join(", ", types)})")} AS {text}");
    }

    private static ILookup<string, string> ReadParameterTypes() =>
        Code.SelectMany(text => TypedParameter().Matches(text))
            .ToLookup(match => match.Groups["name"].Value, match => PostgresTypes[match.Groups["type"].Value]);

    [GeneratedRegex("\"(?<name>[a-z_]+)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"(Query|Find|Execute|Any)Async(<[^(]*>)?\(\s*(session, )?""(?<name>[a-z_]+)""")]
    private static partial Regex QueryCall();

    [GeneratedRegex(@"(?<![@<>])@(?<name>[a-z_]+)")]
    private static partial Regex ParameterName();

    [GeneratedRegex(@"\bParameter\.(?<type>[A-Za-z]+)\(""@?(?<name>[a-z_]+)""")]
    private static partial Regex TypedParameter();
}

using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// The named queries, embedded from <c>Sql/</c>. <c>Sql/Common</c> is written for PostgreSQL; for SQLite the locking clauses
/// are dropped (a transaction is the lock) and <c>= any (@list)</c> becomes a membership test on a JSON list.
/// <c>Sql/Postgres</c> and <c>Sql/Sqlite</c> hold what cannot be said in common.
/// </summary>
internal sealed partial class SqlCatalog
{
    private readonly FrozenDictionary<string, string> _queries;

    private SqlCatalog(IEnumerable<KeyValuePair<string, string>> queries, IReadOnlyList<(int Version, string Text)> migrations)
    {
        _queries = queries.ToFrozenDictionary();
        Migrations = migrations;
    }

    public static SqlCatalog Postgres { get; } = Load("Postgres/", static text => text);

    public static SqlCatalog Sqlite { get; } = Load("Sqlite/", ToSqlite);

    /// <summary>The schema's versions in order; the files of a version, <c>0001_1_tables</c> and so on, run as one.</summary>
    public IReadOnlyList<(int Version, string Text)> Migrations { get; }

    public IReadOnlyCollection<string> Names => _queries.Keys;

    public string this[string name] => _queries[name];

    private static SqlCatalog Load(string folder, Func<string, string> translate)
    {
        var queries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, text) in Read("Common/"))
        {
            queries[name] = translate(text);
        }

        var migrations = new SortedDictionary<int, SortedDictionary<string, string>>();
        foreach (var (name, text) in Read(folder))
        {
            if (name.StartsWith("Migrations/", StringComparison.Ordinal))
            {
                var version = int.Parse(name.AsSpan("Migrations/".Length, 4), null);
                migrations.TryAdd(version, new SortedDictionary<string, string>(StringComparer.Ordinal));
                migrations[version].Add(name, text);
            }
            else
            {
                queries[name] = text;
            }
        }

        return new SqlCatalog(queries, [.. migrations.Select(version => (version.Key, string.Join('\n', version.Value.Values)))]);
    }

    private static IEnumerable<(string Name, string Text)> Read(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Select(name => name.Replace('\\', '/')))
        {
            if (resource.StartsWith(folder, StringComparison.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                yield return (resource[folder.Length..], reader.ReadToEnd());
            }
        }
    }

    private static string ToSqlite(string text) =>
        AnyOfList().Replace(LockingClause().Replace(text, string.Empty), "in (select value from json_each($1))");

    [GeneratedRegex(@"\s+for (no key update|key share|update|share)( of \w+)?( skip locked)?")]
    private static partial Regex LockingClause();

    [GeneratedRegex(@"= any \((@\w+)\)")]
    private static partial Regex AnyOfList();
}

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Settings of our own programs, which are those that everybody gets.</summary>
internal static class OwnSettings
{
    public static Dictionary<string, string> OnSqlite(string folder) => new(StringComparer.Ordinal) { ["ORCHESTRATOR_DATA"] = folder };

    public static Dictionary<string, string> OnPostgres(string connectionString) =>
        new(StringComparer.Ordinal) { ["ConnectionStrings:Orchestrator"] = connectionString };
}

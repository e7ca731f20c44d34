namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Settings of our own gateway, which are everybody's.</summary>
internal static class OwnGateway
{
    public static Dictionary<string, string> OnSqlite(string folder) => new(StringComparer.Ordinal) { ["ORCHESTRATOR_DATA"] = folder };

    public static Dictionary<string, string> OnPostgres(string connectionString) =>
        new(StringComparer.Ordinal) { ["ConnectionStrings:Orchestrator"] = connectionString };
}

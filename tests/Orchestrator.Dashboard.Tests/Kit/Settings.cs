namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>Settings of the gateway under test: what waits in production waits less here.</summary>
internal static class Settings
{
    public static Dictionary<string, string> OnSqlite(string folder, params ReadOnlySpan<(string Name, string Value)> more) =>
        With([("ORCHESTRATOR_DATA", folder), .. more]);

    public static Dictionary<string, string> OnPostgres(string connectionString, params ReadOnlySpan<(string Name, string Value)> more) =>
        With([("ConnectionStrings:Orchestrator", connectionString), ("Silo:Embedded", "true"), .. more]);

    private static Dictionary<string, string> With(params ReadOnlySpan<(string Name, string Value)> more)
    {
        var settings = new Dictionary<string, string>
        {
            // The tests' own workers hold their leases without a heartbeat while a page is looked at.
            ["Leases:Duration"] = "00:02:00",
            ["Retries:BaseDelay"] = "00:00:00.050",
            ["Silo:DrainTimeout"] = "00:00:02",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return settings;
    }
}

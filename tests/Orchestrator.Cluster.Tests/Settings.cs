namespace Orchestrator.Cluster.Tests;

/// <summary>Settings of processes under test: everything that waits in production waits less here.</summary>
internal static class Settings
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    public static Dictionary<string, string> Fast(params ReadOnlySpan<(string Name, string Value)> more)
    {
        var settings = new Dictionary<string, string>
        {
            ["Leases:Duration"] = "00:00:03",
            ["Leases:HeartbeatInterval"] = "00:00:00.5",
            ["Retries:BaseDelay"] = "00:00:00.050",
            ["Polling:HighInterval"] = "00:00:01",
            ["Silo:DrainTimeout"] = "00:00:02",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return settings;
    }

    public static Dictionary<string, string> OnPostgres(string connectionString, params ReadOnlySpan<(string Name, string Value)> more) =>
        Fast([("ConnectionStrings:Orchestrator", connectionString), .. more]);

    public static Dictionary<string, string> OnSqlite(string folder, params ReadOnlySpan<(string Name, string Value)> more) =>
        Fast([("ORCHESTRATOR_DATA", folder), .. more]);
}

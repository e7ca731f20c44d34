using Orchestrator.TestKit.Processes;

namespace Orchestrator.TestKit.Postgres;

/// <summary>Finds the server programs of an installed PostgreSQL.</summary>
public static class PostgresBinaries
{
    public const string ConnectionVariable = "ORCHESTRATOR_TEST_POSTGRES";

    /// <summary>A server that is already there, as a connection string; null to start a private one.</summary>
    public static string? GivenConnectionString { get; } =
        Environment.GetEnvironmentVariable(ConnectionVariable) is { Length: > 0 } given ? given : null;

    /// <summary>The folder with <c>initdb</c> and <c>postgres</c>; null when none is installed.</summary>
    public static string? Folder { get; } = Candidates().FirstOrDefault(IsServerFolder);

    /// <summary>Why there is no PostgreSQL for tests; null when there is one.</summary>
    public static string? MissingReason { get; } = GivenConnectionString is not null || Folder is not null
        ? null
        : $"No PostgreSQL server programs are installed and {ConnectionVariable} is not set; run ./test, which installs them.";

    private static IEnumerable<string> Candidates()
    {
        if (ExecutableFinder.Find("pg_config") is { } config)
        {
            yield return ProcessRunner.Run(config, ["--bindir"]).Output.Trim();
        }

        if (Directory.Exists("/usr/lib/postgresql"))
        {
            var versions = Directory.GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0);
            foreach (var folder in versions)
            {
                yield return Path.Combine(folder, "bin");
            }
        }

        if (ExecutableFinder.Find("postgres") is { } server)
        {
            yield return Path.GetDirectoryName(server)!;
        }
    }

    private static bool IsServerFolder(string folder) =>
        IsProgram(Path.Combine(folder, "initdb")) && IsProgram(Path.Combine(folder, "postgres"));

    // A link to a program that was removed is no program.
    private static bool IsProgram(string path) =>
        File.Exists(path) && (File.ResolveLinkTarget(path, returnFinalTarget: true) is not { } target || target.Exists);
}

namespace Orchestrator.TestKit;

/// <summary>The checkout that the running tests were built from.</summary>
public static class RepositoryFolder
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The configuration the tests were built in: <c>Debug</c> or <c>Release</c>.</summary>
    public static string Configuration { get; } = FindConfiguration();

    public static string Combine(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Orchestrator.sln above {AppContext.BaseDirectory}.");
    }

    // Tests run in …/bin/{configuration}/{framework}/.
    private static string FindConfiguration() => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}

namespace Orchestrator.TestKit;

/// <summary>Looks for programs in the folders of <c>PATH</c>.</summary>
public static class ExecutableFinder
{
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}

using System.Diagnostics;

namespace Orchestrator.Architecture.Tests;

public sealed class TreeTests
{
    private static readonly string[] AllowedAtTheRoot =
    [
        ".ci", ".editorconfig", ".gitignore", "Directory.Build.props", "Directory.Packages.props", "LICENSE",
        "Orchestrator.sln", "README.md", "deploy", "docs", "gateway", "global.json", "silo", "src", "test", "tests",
    ];

    private static readonly Lazy<IReadOnlyList<string>> Tracked = new(ListTracked);

    [Fact]
    public void Root_OfTheRepository_HoldsOnlyWhatTheReadmeNames() =>
        Assert.Empty(Tracked.Value.Select(file => file.Split('/')[0]).Distinct().Except(AllowedAtTheRoot));

    [Fact]
    public void Project_OfTheRepository_IsInTheSolution()
    {
        var solution = File.ReadAllText(Path.Combine(Source.Root, "Orchestrator.sln")).Replace('\\', '/');
        var projects = Tracked.Value.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Project_OfTheRepository_HasALockFile()
    {
        var projects = Tracked.Value.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));

        Assert.All(projects, project => Assert.Contains(Path.GetDirectoryName(project) + "/packages.lock.json", Tracked.Value));
    }

    private static List<string> ListTracked()
    {
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Source.Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}

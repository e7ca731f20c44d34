namespace Orchestrator.Core.Tests.Priorities;

/// <summary>The data files of these tests: lines of fields between bars.</summary>
internal static class DataFile
{
    public static IReadOnlyList<string[]> Read(string name) =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Priorities", "Data", name))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(" | ", StringSplitOptions.TrimEntries)),
    ];
}

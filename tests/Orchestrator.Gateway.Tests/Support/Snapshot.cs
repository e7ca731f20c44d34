using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>Files of the checkout that are made from the code.</summary>
public static class Snapshot
{
    public const string UpdateVariable = "ORCHESTRATOR_UPDATE_SNAPSHOTS";

    /// <summary>Holds the file against what the code makes; writes it instead where the variable is set to 1.</summary>
    public static void Check(string actual, params string[] path)
    {
        var file = RepositoryFolder.Combine(path);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(file, actual);
        }

        var committed = File.Exists(file) ? File.ReadAllText(file) : "";
        Assert.True(committed == actual, $"{string.Join('/', path)} is not what the code makes, from {Difference(committed, actual)}. Run the tests with {UpdateVariable}=1 and commit it.");
    }

    private static string Difference(string committed, string actual)
    {
        var (left, right) = (committed.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(left.Length, right.Length)).FirstOrDefault(i => left.ElementAtOrDefault(i) != right.ElementAtOrDefault(i));
        return $"line {line + 1} on: \"{left.ElementAtOrDefault(line)}\" should be \"{right.ElementAtOrDefault(line)}\"";
    }
}

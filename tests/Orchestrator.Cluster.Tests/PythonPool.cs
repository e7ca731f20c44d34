using System.Text.Json.Nodes;

namespace Orchestrator.Cluster.Tests;

/// <summary>Three worker processes that run a script of a test.</summary>
internal static class PythonPool
{
    /// <summary>Writes the script and the pool's settings; answers the settings' file.</summary>
    public static string Write(string folder, string script, params string[] actions)
    {
        File.WriteAllText(Path.Combine(folder, "worker.py"), script);
        var pool = new JsonObject
        {
            ["poolSize"] = 3,
            ["workers"] = new JsonArray(new JsonObject
            {
                ["command"] = "python3",
                ["args"] = new JsonArray("-B", "worker.py"),
                ["env"] = new JsonObject { ["PYTHONPATH"] = "{appDir}/workers/python" },
                ["actions"] = new JsonArray([.. actions.Select(action => JsonValue.Create(action))]),
            }),
        };
        var file = Path.Combine(folder, "pool.json");
        File.WriteAllText(file, pool.ToJsonString());
        return file;
    }
}

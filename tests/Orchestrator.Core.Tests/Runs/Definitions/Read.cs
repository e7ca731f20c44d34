using System.Text;
using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Core.Tests.Runs.Definitions;

/// <summary>Short words for tests that read definitions.</summary>
internal static class Read
{
    public static DefinitionResult Json(string json) => DefinitionReader.ReadJson(Encoding.UTF8.GetBytes(json));

    /// <summary>A definition of these steps, JSON without the brackets around them; more members may follow the array.</summary>
    public static string Steps(string steps, string more = "") =>
        $$"""
        {
          "owner": "acme", "name": "report", "version": "1",
          "steps": [{{steps}}]{{more}}
        }
        """;

    public static RunDefinition Sound(string json)
    {
        var result = Json(json);
        Assert.Equal([], result.Problems);
        return result.Definition!;
    }

    /// <summary>The rest of the line at the place of a problem.</summary>
    public static string TextAt(string text, DefinitionProblem problem) => text.Split('\n')[problem.Line - 1][(problem.Column - 1)..];
}

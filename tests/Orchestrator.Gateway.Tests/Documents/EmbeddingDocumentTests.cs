using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Documents;

public sealed class EmbeddingDocumentTests
{
    [Theory]
    [InlineData("embedding.md", "OrchestratorTestHostTests.cs", new[] { "fake", "test" })]
    [InlineData("embedding.md", "EmbeddingTests.cs", new[] { "usings", "worker", "interface", "clock", "submitting", "program" })]
    [InlineData("client.md", "ClientRunTests.cs", new[] { "runs" })]
    [InlineData("delegation.md", "DelegationTests.cs", new[] { "book", "plan" })]
    public void Document_OfAProgram_ShowsTheCodeThatIsTested(string name, string file, string[] snippets)
    {
        var document = File.ReadAllText(RepositoryFolder.Combine("docs", name));
        var source = File.ReadAllLines(RepositoryFolder.Combine("tests", "Orchestrator.Gateway.Tests", "Testing", file));

        Assert.All(snippets, snippet => Assert.Contains(Snippet(source, snippet), document, StringComparison.Ordinal));
    }

    /// <summary>The lines between the marks, moved to the left by what the first mark is moved to the right.</summary>
    private static string Snippet(string[] source, string name)
    {
        var start = Array.FindIndex(source, line => line.TrimStart() == $"// snippet: {name}");
        Assert.True(start >= 0, $"There is no snippet {name}.");
        var indent = source[start].Length - source[start].TrimStart().Length;
        var lines = source.Skip(start + 1).TakeWhile(line => line.TrimStart() != "// end").ToList();
        Assert.NotEmpty(lines);
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..] : ""));
    }
}

using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Documents;

public sealed class EmbeddingDocumentTests
{
    [Theory]
    [InlineData("OrchestratorTestHostTests.cs", new[] { "fake", "test" })]
    [InlineData("EmbeddingTests.cs", new[] { "usings", "worker", "interface", "clock", "submitting", "program" })]
    public void Embedding_Document_ShowsTheCodeThatIsTested(string file, string[] snippets)
    {
        var document = File.ReadAllText(RepositoryFolder.Combine("docs", "embedding.md"));
        var source = File.ReadAllLines(RepositoryFolder.Combine("tests", "Orchestrator.Gateway.Tests", "Testing", file));

        Assert.All(snippets, name => Assert.Contains(Snippet(source, name), document, StringComparison.Ordinal));
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

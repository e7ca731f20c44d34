using System.Text.RegularExpressions;

namespace Orchestrator.Architecture.Tests;

public sealed partial class DocumentTests
{
    [Fact]
    public void Tests_ThatTheDocumentationNames_Exist()
    {
        var named = NameOfATest().Matches(File.ReadAllText(Path.Combine(Source.Root, "docs", "testing.md"))).Select(match => (Class: match.Groups[1].Value, Method: match.Groups[2].Value)).ToList();
        var texts = Source.Files("tests").Select(File.ReadAllText).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, test => Assert.Contains(
            texts, text => Regex.IsMatch(text, $@"\bclass {test.Class}\b") && Regex.IsMatch(text, $@"\bpublic (async )?(Task|void) {test.Method}\(")));
    }

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex NameOfATest();
}

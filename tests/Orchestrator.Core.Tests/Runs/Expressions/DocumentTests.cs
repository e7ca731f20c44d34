using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Core.Runs.Expressions;
using Orchestrator.Core.Runs.Expressions.Functions;

namespace Orchestrator.Core.Tests.Runs.Expressions;

/// <summary>What the documentation says about expressions is so.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "expressions.md"));

    private static readonly Scope Sample = Read(JsonElement.Parse(Blocks("json").Single()));

    public static TheoryData<string, string> Expressions => Examples("expressions");

    public static TheoryData<string, string> Templates => Examples("templates");

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Expression_OfTheDocumentation_HasTheValueThere(string text, string expected) =>
        Assert.Equal(expected, Outcome(() => Expression.Parse(text).Evaluate(Sample).GetRawText().Replace("\\u0022", "\\\"", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Templates))]
    public void Template_OfTheDocumentation_MakesTheValueThere(string text, string expected) =>
        Assert.Equal(expected, Outcome(() => Encoding.UTF8.GetString(Template.Parse(JsonElement.Parse(text)).Evaluate(Sample))));

    [Fact]
    public void Functions_OfTheDocumentation_AreThoseThatThereAre()
    {
        var rows = Text.Split('\n').SkipWhile(line => !line.StartsWith("## Functions", StringComparison.Ordinal)).Where(line => line.StartsWith("| `", StringComparison.Ordinal));

        Assert.Equal(FunctionTable.Names, rows.SelectMany(row => Signature().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal));
    }

    private static string Outcome(Func<string> evaluate)
    {
        try
        {
            return evaluate();
        }
        catch (ExpressionException exception)
        {
            return "✗ " + exception.Message;
        }
    }

    private static TheoryData<string, string> Examples(string kind)
    {
        var data = new TheoryData<string, string>();
        foreach (var line in Blocks(kind).SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries)))
        {
            var example = Example().Match(line);
            Assert.True(example.Success, line);
            data.Add(example.Groups[1].Value, example.Groups[2].Value.Replace("→ ", "", StringComparison.Ordinal));
        }

        return data;
    }

    private static IEnumerable<string> Blocks(string kind) => Regex.Matches(Text, $"^```{kind}\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline).Select(match => match.Groups[1].Value);

    private static Scope Read(JsonElement sample)
    {
        var scope = new Scope { Input = sample.GetProperty("run").GetProperty("input") };
        foreach (var step in sample.GetProperty("steps").EnumerateObject())
        {
            _ = step.Value.TryGetProperty("error", out var error)
                ? scope.FailedStep(step.Name, error.GetProperty("code").GetString()!, error.GetProperty("message").GetString()!)
                : scope.Step(step.Name, step.Value.GetProperty("output").GetRawText());
        }

        return scope.Variable("item", sample.GetProperty("item").GetRawText()).Variable("index", sample.GetProperty("index").GetRawText()).Variable("output", sample.GetProperty("output").GetRawText());
    }

    [GeneratedRegex(@"^(.*?)\s+((?:→|✗) .*)$")]
    private static partial Regex Example();

    [GeneratedRegex(@"`(\w+)\(")]
    private static partial Regex Signature();
}

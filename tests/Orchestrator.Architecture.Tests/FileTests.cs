using System.Text.RegularExpressions;

namespace Orchestrator.Architecture.Tests;

public sealed partial class FileTests
{
    private const int MaxLines = 300;
    private const int MaxProgramLines = 80;

    [Fact]
    public void File_OfCode_IsAtMostThreeHundredLines() =>
        Assert.Empty(Source.Files("src", "gateway", "silo", "tests").Where(file => File.ReadLines(file).Count() > MaxLines).Select(Source.Relative));

    [Fact]
    public void File_OfProductCode_HasAMedianOfAtMostSixtyLines()
    {
        var lengths = Source.Files("src", "gateway", "silo").Select(file => File.ReadLines(file).Count()).Order().ToList();

        Assert.InRange(lengths[lengths.Count / 2], 1, 60);
    }

    [Theory]
    [InlineData("gateway/Program.cs")]
    [InlineData("silo/Program.cs")]
    public void Program_OfAHost_ReadsAsATableOfContents(string file) =>
        Assert.InRange(File.ReadLines(Path.Combine(Source.Root, file)).Count(), 1, MaxProgramLines);

    [Fact]
    public void File_OfCode_HoldsAtMostOnePublicType() =>
        Assert.Empty(Source.Files("src", "gateway", "silo")
            .Where(file => PublicType().Count(File.ReadAllText(file)) > 1)
            .Select(Source.Relative));

    [Fact]
    public void File_WithAPublicType_IsNamedAfterIt() =>
        Assert.Empty(from file in Source.Files("src", "gateway", "silo")
                     let match = PublicType().Match(File.ReadAllText(file))
                     where match.Success && Path.GetFileName(file).Split('.')[0] != match.Groups["name"].Value
                     select $"{Source.Relative(file)}: {match.Groups["name"].Value}");

    // Top-level types only: nested ones are indented.
    [GeneratedRegex(@"^public (static |sealed |abstract |readonly |partial |ref )*(class|record struct|record|struct|interface|enum|delegate \S+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}

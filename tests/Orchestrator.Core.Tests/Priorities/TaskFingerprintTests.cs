using Orchestrator.Core.Concepts;
using Orchestrator.Core.Priorities;

namespace Orchestrator.Core.Tests.Priorities;

public sealed class TaskFingerprintTests
{
    private static readonly ScoringSubject Subject = new()
    {
        Workspace = "acme",
        Goal = "More readers",
        Action = "generation.text",
        Name = "Scrivi un articolo",
        Description = "Su intelligenza artificiale, 500 parole",
        Dependencies = ["a", "b"],
    };

    [Fact]
    public void Of_ATask_ShowsWhatItRestsOn()
    {
        var form = TaskFingerprint.Of(Subject).CanonicalForm;

        Assert.StartsWith("kind task v1\nworkspace acme\ngoal ", form, StringComparison.Ordinal);
        Assert.EndsWith("\naction generation.text\nafter a\nafter b\nclause #500, ai, article, create, of:word\n", form, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TheSameTaskSaidOtherwise_IsEqual()
    {
        var other = Subject with { Name = "Write a 500-word blog post about AI", Description = null, Dependencies = ["b", "a", "b"] };

        Assert.Equal(TaskFingerprint.Of(Subject), TaskFingerprint.Of(other));
    }

    public static TheoryData<ScoringSubject> Others =>
    [
        Subject with { Workspace = "globex" },
        Subject with { Goal = "Fewer costs" },
        Subject with { Goal = null },
        Subject with { Action = "generation.summary" },
        Subject with { Name = "Elimina un articolo" },
        Subject with { Description = "Su intelligenza artificiale, 600 parole" },
        Subject with { Content = "Per i clienti" },
        Subject with { Dependencies = ["a"] },
        Subject with { Dependencies = [] },
        Subject with { Dependencies = ["a, b"] },
        Subject with { Dependencies = ["a\nafter b"] },
        Subject with { Workspace = "acme\ngoal x" },
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public void Of_ATaskThatDiffersInOneThing_Differs(ScoringSubject other)
    {
        Assert.NotEqual(TaskFingerprint.Of(Subject).Key, TaskFingerprint.Of(other).Key);
        Assert.Equal(TaskFingerprint.Of(other).Key, TaskFingerprint.Of(other with { }).Key);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    public void Of_TasksWithoutText_SharesWithinTheirAction(string? one, string? other)
    {
        Assert.Equal(Subjects.Fingerprint(one).Key, Subjects.Fingerprint(other).Key);
        Assert.NotEqual(Subjects.Fingerprint(one).Key, Subjects.Fingerprint("the").Key);
    }

    [Theory]
    [InlineData("the", "a")]
    [InlineData("🍕", "🍔")]
    [InlineData("!!!", "???")]
    [InlineData("foo bar", "bar foo")]
    [InlineData("42", "43")]
    [InlineData("Acme", "Globex")]
    [InlineData("статья", "новость")]
    [InlineData("写一篇文章", "删除一篇文章")]
    [InlineData("اكتب مقالا", "احذف مقالا")]
    [InlineData("\u0301", "\u0302")]
    [InlineData("\u202e", "\u202d")]
    [InlineData(" ", "  ")]
    public void Of_TextsInWhichNothingIsKnown_SharesOnlyEqualOnes(string one, string other)
    {
        Assert.False(ConceptNormaliser.Normalise(one).IsRecognised);
        Assert.NotEqual(Subjects.Fingerprint(one).Key, Subjects.Fingerprint(other).Key);
        Assert.Equal(Subjects.Fingerprint(one).Key, Subjects.Fingerprint(one).Key);
    }

    [Fact]
    public void Of_HalvesOfSurrogatePairs_AreToldApart() =>
        Assert.Equal(4, new[] { "\ud800", "\ud801", "\udc00\ud800", "\ufffd" }.Select(text => Subjects.Fingerprint(text).Key).Distinct().Count());

    [Fact]
    public void Of_TextsOfTenMegabytesThatDifferAtTheEnd_DiffersAndIsQuick()
    {
        var text = string.Concat(Enumerable.Repeat("Write an article about AI and c.o.s.t.s-(of)-\"energy\" ", 200_000));

        Assert.NotEqual(Subjects.Fingerprint(text + "a").Key, Subjects.Fingerprint(text + "b").Key);
        Assert.Equal(Subjects.Fingerprint(text).Key, Subjects.Fingerprint(text).Key);
    }

    [Fact]
    public void Of_ALongText_ShowsTheStartOfItsFormAndKnowsTheWhole()
    {
        var text = "Write about " + string.Join(' ', Enumerable.Range(0, 2_000).Select(number => $"w{number}"));

        Assert.InRange(Subjects.Fingerprint(text).CanonicalForm.Length, 1, TaskFingerprint.MaxShownLength + 1);
        Assert.NotEqual(Subjects.Fingerprint(text).Key, Subjects.Fingerprint(text + " and more").Key);
    }

    [Theory]
    [InlineData("a.", 10_000_000)]
    [InlineData("(", 10_000_000)]
    [InlineData("'", 10_000_000)]
    [InlineData("👩‍👧", 3_000_000)]
    [InlineData("e\u0301", 5_000_000)]
    [InlineData("\u05d0\u202e", 5_000_000)]
    [InlineData("in merito ", 1_000_000)]
    [InlineData("http:", 2_000_000)]
    public void Of_HostileRepetition_IsAnswered(string part, int times)
    {
        var text = string.Concat(Enumerable.Repeat(part, times));

        Assert.NotEqual(Subjects.Fingerprint(text).Key, Subjects.Fingerprint(text + part).Key);
    }

    [Fact]
    public void ToString_OfAFingerprint_IsThirtyTwoDigitsAndStable() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb924", Fingerprint.Of(string.Empty).ToString());
}

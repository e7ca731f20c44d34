using Orchestrator.Core.Keys;

namespace Orchestrator.Core.Tests.Keys;

public sealed class KeyTextTests
{
    [Fact]
    public void Parse_WhatReveals_IsTheSame()
    {
        var key = new KeyText("0123456789abcdef", "s3cret_with-more_of-it");

        Assert.Equal("orc_0123456789abcdef_s3cret_with-more_of-it", key.Reveal());
        Assert.Equal(key, KeyText.Parse(key.Reveal()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("orc_")]
    [InlineData("orc_0123456789abcdef_")]
    [InlineData("orc_0123456789abcdef")]
    [InlineData("orc_0123456789abcde_secret")]
    [InlineData("orc_0123456789ABCDEF_secret")]
    [InlineData("orc_0123456789abcde'_secret")]
    [InlineData("ORC_0123456789abcdef_secret")]
    [InlineData("sk-0123456789abcdef_secret-and-more")]
    public void Parse_WhatIsNoKey_IsNone(string text) => Assert.Null(KeyText.Parse(text));

    [Fact]
    public void Parse_TooLong_IsNone() => Assert.Null(KeyText.Parse($"orc_0123456789abcdef_{new string('s', KeyLimits.MaxTextLength)}"));

    [Fact]
    public void Matches_OtherSecret_DoesNot()
    {
        var hash = new KeyText("0123456789abcdef", "secret").Hash();

        Assert.True(new KeyText("0123456789abcdef", "secret").Matches(hash));
        Assert.False(new KeyText("0123456789abcdef", "Secret").Matches(hash));
        Assert.False(new KeyText("0123456789abcdef", "secret").Matches(hash.AsSpan(1)));
    }

    [Fact]
    public void ToString_OfAKey_HidesItsSecret() => Assert.DoesNotContain("secret", new KeyText("0123456789abcdef", "secret").ToString(), StringComparison.Ordinal);

    [Fact]
    public void Allows_Admin_AllowsAll() => Assert.All(Enum.GetValues<KeyVerb>(), verb => Assert.True(new KeyScope([KeyVerb.Admin], null).Allows(verb)));

    [Fact]
    public void Allows_OneVerb_AllowsThatOne() =>
        Assert.Equal([KeyVerb.Submit], Enum.GetValues<KeyVerb>().Where(new KeyScope([KeyVerb.Submit], null).Allows));

    [Fact]
    public void Names_OfVerbs_AreReadBack() => Assert.All(Enum.GetValues<KeyVerb>(), verb => Assert.Equal(verb, KeyVerbNames.Parse(verb.ToName())));
}

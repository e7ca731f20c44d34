using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Core.Naming;

namespace Orchestrator.Core.Tests.Naming;

public sealed class ResourceNameTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("0", true)]
    [InlineData("generation.text", true)]
    [InlineData("a-b_c.d9", true)]
    [InlineData("", false)]
    [InlineData(".a", false)]
    [InlineData("-a", false)]
    [InlineData("_a", false)]
    [InlineData("A", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("a\n", false)]
    [InlineData("é", false)]
    [InlineData("a\0", false)]
    public void IsValid_Name_IsAsDocumented(string name, bool valid) => Assert.Equal(valid, ResourceName.IsValid(name));

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void IsValid_Length_IsBounded(int length, bool valid) => Assert.Equal(valid, ResourceName.IsValid(new string('a', length)));

    [Fact]
    public void IsValid_AnyString_AgreesWithThePattern()
    {
        var pattern = new Regex($@"\A{ResourceName.Pattern}\z", RegexOptions.CultureInvariant);
        var names = Gen.Elements("abz09._-AZ é/\n\0".ToCharArray()).ArrayOf().Select(chars => new string(chars));

        Prop.ForAll(names.ToArbitrary(), name => ResourceName.IsValid(name) == pattern.IsMatch(name)).QuickCheckThrowOnFailure();
    }
}

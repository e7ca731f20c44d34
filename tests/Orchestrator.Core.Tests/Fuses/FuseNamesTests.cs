using Orchestrator.Core.Fuses;

namespace Orchestrator.Core.Tests.Fuses;

public sealed class FuseNamesTests
{
    [Fact]
    public void Parse_NameOfEachFuse_IsThatFuse() =>
        Assert.All(Enum.GetValues<Fuse>(), fuse => Assert.Equal(fuse, FuseNames.Parse(fuse.ToName())));

    [Fact]
    public void Parse_NoName_IsNull() => Assert.Null(FuseNames.Parse("AntiLoop"));
}

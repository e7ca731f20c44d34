using Orchestrator.Gateway.Dashboard.Tasks;

namespace Orchestrator.Gateway.Tests.Dashboard;

public sealed class TaskFilterTests
{
    [Fact]
    public void Parse_Qualifiers_AreFoundByName()
    {
        var filter = TaskFilter.Parse("status:failed  action:generation.text tag:\"two words\" parent:1 created:>2026-01-31 workspace:acme");

        Assert.Equal(("failed", "generation.text", "two words", "1", "2026-01-31", "acme"), (filter.Status, filter.Action, filter.Tag, filter.ParentId, filter.CreatedAfter, filter.Workspace));
        Assert.Empty(filter.Unknown);
    }

    [Theory]
    [InlineData("colour:red", "colour:red")]
    [InlineData("status:", "status:")]
    [InlineData("plain words", "plain", "words")]
    [InlineData("\"never closed", "never closed")]
    public void Parse_AnythingElse_IsUnknown(string text, params string[] unknown) => Assert.Equal(unknown, TaskFilter.Parse(text).Unknown);

    [Fact]
    public void With_AValue_ReplacesOrRemovesOneQualifier()
    {
        var filter = TaskFilter.Parse("status:failed tag:\"two words\"");

        Assert.Equal("tag:\"two words\" status:queued", filter.With("status", "queued"));
        Assert.Equal("tag:\"two words\"", filter.With("status", null));
    }
}

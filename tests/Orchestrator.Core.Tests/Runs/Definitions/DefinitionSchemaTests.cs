using System.Text.Json;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Definitions.Reading;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Tests.Runs.Definitions;

/// <summary>The schema for editors knows what the reader knows.</summary>
public sealed class DefinitionSchemaTests
{
    private static readonly JsonElement Schema = JsonElement.Parse(DefinitionSchema.Utf8.Span);

    public static TheoryData<string, string[]> Objects => new()
    {
        { "", Members.Definition },
        { "execution", Members.Execution },
        { "concurrency", Members.Concurrency },
        { "step", Members.Step },
        { "foreach", Members.Foreach },
        { "retry", Members.Retry },
        { "cache", Members.Cache },
        { "approval", Members.Approval },
        { "compensate", Members.Compensate },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void Schema_OfAnObject_HasTheMembersOfTheReader(string name, string[] members) =>
        Assert.Equal(members.Order(), Properties(name).Select(property => property.Name).Order());

    [Theory]
    [MemberData(nameof(Objects))]
    public void Schema_OfAnObject_ExplainsEveryMember(string name, string[] _) => Assert.All(Properties(name), property =>
    {
        Assert.NotEmpty(property.Value.GetProperty("description").GetString()!);
        Assert.NotEqual(0, property.Value.GetProperty("examples").GetArrayLength());
    });

    [Theory]
    [InlineData("", "steps", "maxItems", RunLimits.MaxSteps)]
    [InlineData("", "description", "maxLength", RunLimits.MaxDescriptionLength)]
    [InlineData("execution", "timeoutMs", "maximum", RunLimits.MaxRunTimeoutMs)]
    [InlineData("concurrency", "maxParallel", "maximum", RunLimits.MaxMaxParallel)]
    [InlineData("step", "needs", "maxItems", RunLimits.MaxNeeds)]
    [InlineData("step", "timeoutMs", "maximum", int.MaxValue)]
    [InlineData("step", "skills", "maxItems", TaskLimits.MaxSkills)]
    [InlineData("step", "resources", "maxProperties", TaskLimits.MaxResources)]
    [InlineData("foreach", "maxParallel", "maximum", RunLimits.MaxMaxParallel)]
    [InlineData("retry", "maxAttempts", "maximum", TaskLimits.MaxMaxAttempts)]
    [InlineData("cache", "ttlSeconds", "maximum", RunLimits.MaxCacheSeconds)]
    [InlineData("approval", "question", "maxLength", TaskLimits.MaxQuestionLength)]
    public void Schema_OfAMember_HasTheBoundOfTheReader(string name, string member, string keyword, long bound) =>
        Assert.Equal(bound, Properties(name).Single(property => property.Name == member).Value.GetProperty(keyword).GetInt64());

    [Fact]
    public void Schema_OfTimes_HasTheBoundsOfTasks()
    {
        Assert.Equal(TaskLimits.MaxTimeoutMs, Schema.GetProperty("$defs").GetProperty("taskTimeout").GetProperty("maximum").GetInt64());
        Assert.Equal((long)TaskLimits.MaxApprovalTime.TotalMilliseconds, Properties("approval").Single(property => property.Name == "timeoutMs").Value.GetProperty("maximum").GetInt64());
    }

    private static List<JsonProperty> Properties(string name) =>
        [.. (name.Length == 0 ? Schema : Schema.GetProperty("$defs").GetProperty(name)).GetProperty("properties").EnumerateObject()];
}

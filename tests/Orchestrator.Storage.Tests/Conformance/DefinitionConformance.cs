using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Storage.Runs;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class DefinitionConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly DefinitionName Report = new("acme", "report", "1");

    [StoreFact]
    public async Task Publish_NewName_CanBeFoundWithEverything()
    {
        var published = Assert.IsType<PublishResult.Published>(
            await Store.Definitions.PublishAsync(Report, "d", Json("""{"steps":[]}"""), "steps: [] # ü", "yaml", None)).Definition;

        Assert.True(published.Key > 0);
        Assert.Equal((Report, "d", "steps: [] # ü", "yaml", Clock.Now), (published.Name, published.Description, published.Source, published.Format, published.PublishedAt));
        AssertSame(published, await Store.Definitions.FindAsync("acme", "report", "1", None));
        AssertSame(published, await Store.Definitions.FindAsync("acme", "report", null, None));
        Assert.Null(await Store.Definitions.FindAsync("acme", "report", "2", None));
        Assert.Null(await Store.Definitions.FindAsync("acme", "other", null, None));
    }

    [StoreFact]
    public async Task Publish_TheSameAgain_IsUnchangedAndKeepsTheFirst()
    {
        var first = await PublishAsync(Report);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        var again = Assert.IsType<PublishResult.Unchanged>(await Store.Definitions.PublishAsync(Report, null, Json("{}"), "{ }", "json", None));

        AssertSame(first, again.Definition);
    }

    [StoreFact]
    public async Task Publish_AnotherDocumentUnderTheName_DiffersAndChangesNothing()
    {
        var first = await PublishAsync(Report);

        Assert.IsType<PublishResult.Differs>(await Store.Definitions.PublishAsync(Report, null, Json("""{"a":1}"""), "", "json", None));

        AssertSame(first, await Store.Definitions.FindAsync("acme", "report", "1", None));
    }

    [StoreFact]
    public async Task Publish_TheSameNameAtOnce_IsPublishedOnce()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(() =>
            Store.Definitions.PublishAsync(Report, null, Json($"{number % 2}"), "", "json", None))));

        var published = Assert.Single(results.OfType<PublishResult.Published>()).Definition;
        Assert.Equal(7, results.OfType<PublishResult.Unchanged>().Count());
        Assert.Equal(8, results.OfType<PublishResult.Differs>().Count());
        Assert.All(results.OfType<PublishResult.Unchanged>(), result => AssertSame(published, result.Definition));
    }

    [StoreFact]
    public async Task Publish_MoreThanThereMayBe_IsRefusedButNotWhatIsThere()
    {
        var first = await PublishAsync(Report);
        await Test.ExecuteSqlAsync($"""
            with recursive n(i) as (select 2 union all select i + 1 from n where i < {RunLimits.MaxDefinitions})
            insert into run_definitions (owner, name, version, document, source, format, published_at)
            select owner, name, cast(i as text), document, source, format, published_at from run_definitions, n where version = '1'
            """);

        Assert.IsType<PublishResult.TooMany>(await Store.Definitions.PublishAsync(Report with { Version = "x" }, null, Json("{}"), "", "json", None));
        AssertSame(first, Assert.IsType<PublishResult.Unchanged>(await Store.Definitions.PublishAsync(Report, null, Json("{}"), "", "json", None)).Definition);
    }

    [StoreFact]
    public async Task Find_WithoutVersion_AnswersTheOnePublishedLast()
    {
        await PublishAsync(Report with { Version = "9" });
        await PublishAsync(Report with { Version = "10" });
        await PublishAsync(Report with { Name = "other" });

        Assert.Equal("10", (await Store.Definitions.FindAsync("acme", "report", null, None))!.Name.Version);
    }

    [StoreFact]
    public async Task FindExisting_OfSome_AnswersThoseThatArePublished()
    {
        DefinitionName[] published = [Report, new("acme", "other", "2"), new("b", "report", "2")];
        foreach (var name in published)
        {
            await PublishAsync(name);
        }

        var found = await Store.Definitions.FindExistingAsync([.. published, Report with { Version = "2" }, new DefinitionName("c", "other", "1")], None);

        Assert.Equal(published.ToHashSet(), found.ToHashSet());
        Assert.Equal([Report], await Store.Definitions.FindExistingAsync([Report], None));
        Assert.Empty(await Store.Definitions.FindExistingAsync([], None));
    }

    [StoreFact]
    public async Task List_Definitions_PagesByOwnerNameAndTimeOfPublication()
    {
        foreach (var name in new[] { "b/a@2", "a/b@2", "a/b@1", "a/a@1", "b/a@1" })
        {
            await PublishAsync(new DefinitionName(name[..1], name[2..3], name[4..]));
        }

        string[] all = ["a/a@1", "a/b@2", "a/b@1", "b/a@2", "b/a@1"];
        Assert.Equal(all, await ListAsync(null, null, 10, 1));
        Assert.Equal(all, await ListAsync(null, null, 2, 3));
        Assert.Equal(all[3..], await ListAsync("b", null, 1, 3));
        Assert.Equal(all[1..3], await ListAsync("a", "b", 10, 1));
        Assert.True((await Store.Definitions.ListAsync(null, null, null, 1, None)).Single().Document.IsEmpty);
    }

    /// <summary>Reads page after page.</summary>
    private async Task<List<string>> ListAsync(string? owner, string? name, int limit, int pages)
    {
        var names = new List<string>();
        long? after = null;
        for (var page = 0; page < pages; page++)
        {
            var entries = await Store.Definitions.ListAsync(owner, name, after, limit, None);
            names.AddRange(entries.Select(entry => entry.Name.ToString()));
            after = entries.Count == 0 ? after : entries[^1].Key;
        }

        Assert.Empty(await Store.Definitions.ListAsync(owner, name, after, limit, None));
        return names;
    }

    private async Task<DefinitionRecord> PublishAsync(DefinitionName name) =>
        Assert.IsType<PublishResult.Published>(await Store.Definitions.PublishAsync(name, null, Json("{}"), "{}", "json", None)).Definition;

    private static void AssertSame(DefinitionRecord expected, DefinitionRecord? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected with { Document = default }, actual with { Document = default });
        Assert.Equal(Text(expected.Document), Text(actual.Document));
    }
}

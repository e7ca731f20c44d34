namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>What tests look for on pages.</summary>
internal static class PageExtensions
{
    private const string Mark = "orchestratorMark";

    /// <summary>The state that stands beside a heading.</summary>
    public static ILocator StateOf(this IPage page, string heading) =>
        page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).Filter(new LocatorFilterOptions { HasText = heading }).Locator(".state");

    /// <summary>The field that has a label.</summary>
    public static ILocator FieldOf(this IPage page, string label)
    {
        var name = new PageGetByRoleOptions { Name = label, Exact = true };
        return page.GetByRole(AriaRole.Textbox, name).Or(page.GetByRole(AriaRole.Combobox, name));
    }

    /// <summary>How the page stands with the feed.</summary>
    public static ILocator Live(this IPage page) => page.Locator("#live");

    /// <summary>What a task puts out.</summary>
    public static ILocator Output(this IPage page) => page.GetByLabel("Streamed output");

    /// <summary>From here on the page is to change without being loaded again.</summary>
    public static Task MarkAsync(this IPage page) => page.EvaluateAsync($"() => {{ globalThis.{Mark} = true; }}");

    public static async Task ExpectNotReloadedAsync(this IPage page) =>
        Assert.True(await page.EvaluateAsync<bool>($"() => globalThis.{Mark} === true"), "The page was loaded again.");
}

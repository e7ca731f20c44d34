using Orchestrator.Dashboard.Tests.Demos;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>What tests look for on pages.</summary>
internal static class PageExtensions
{
    private const string Mark = "orchestratorMark";

    // The innermost elements that reach over the edge, where the page as a whole or a dialog can be moved sideways.
    private const string TooWide = """
        () => {
          const tell = element => `${element.tagName}#${element.id}.${element.className} to ${Math.round(element.getBoundingClientRect().right)}`;
          const over = root => [...root.querySelectorAll("*")].filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".scroll, pre, .graph"));
          const root = document.documentElement;
          const found = root.scrollWidth > innerWidth ? [`the page: ${root.scrollWidth}`, ...over(document.body).slice(-3).map(tell)] : [];
          for (const dialog of document.querySelectorAll("dialog")) {
            dialog.showModal();
            if (dialog.scrollWidth > dialog.clientWidth || dialog.getBoundingClientRect().right > innerWidth) found.push(`#${dialog.id}: ${dialog.scrollWidth}`, ...over(dialog).slice(-3).map(tell));
            dialog.close();
          }
          return found;
        }
        """;

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

    /// <summary>Goes to a page, and waits until it is live and its charts are drawn.</summary>
    public static async Task OpenAsync(this IPage page, ShownPage shown)
    {
        await page.GotoAsync(shown.Path.Length == 0 ? "../observability" : shown.Path);
        await Expect(page.Live()).ToHaveTextAsync("live");
        await Expect(page.Locator("[data-chart] canvas")).ToHaveCountAsync(await page.Locator("[data-chart]").CountAsync());
    }

    /// <summary>What makes the page, or a dialog of it, move sideways.</summary>
    public static async Task<IReadOnlyList<string>> FindTooWideAsync(this IPage page) => await page.EvaluateAsync<string[]>(TooWide);
}

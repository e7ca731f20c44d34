using Orchestrator.TestKit.Npm;

namespace Orchestrator.Dashboard.Tests.Frame;

/// <summary>axe-core, which judges whether people with disabilities can use a page.</summary>
internal sealed class Axe
{
    public const string Package = "axe-core";
    public const string Version = "4.14.1";

    // Of a page and each of its dialogs, on the overview those of all pages as well.
    private const string Judge = """
        async rules => {
          const judge = async (part, name) => (await axe.run(part, { resultTypes: ["violations"], ...rules })).violations
            .filter(({ impact }) => impact === "serious" || impact === "critical")
            .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${name}${id} ${target} ${failureSummary}`));
          const faults = await judge(document, "");
          for (const dialog of document.querySelectorAll(location.pathname.endsWith("/observability") ? "dialog" : "main dialog")) {
            dialog.showModal();
            faults.push(...await judge(dialog, `#${dialog.id}: `));
            dialog.close();
          }
          return faults;
        }
        """;

    private readonly string _script;

    private Axe(string script) => _script = script;

    public static async Task<Axe> InstallAsync() =>
        new(await File.ReadAllTextAsync(Path.Combine(await NpmPackage.InstallAsync(Package, Version), "node_modules", Package, "axe.min.js")));

    /// <summary>The serious and critical faults of a page, light and dark.</summary>
    public async Task<IReadOnlyList<string>> FindFaultsAsync(IPage page)
    {
        // In the other theme colours alone can differ.
        await page.EvaluateAsync(_script);
        var light = await JudgeAsync(page, ColorScheme.Light, new { });
        return [.. light, .. await JudgeAsync(page, ColorScheme.Dark, new { runOnly = new[] { "color-contrast" } })];
    }

    private static async Task<IEnumerable<string>> JudgeAsync(IPage page, ColorScheme theme, object rules)
    {
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
        return (await page.EvaluateAsync<string[]>(Judge, rules)).Select(fault => $"{theme}: {fault}");
    }
}

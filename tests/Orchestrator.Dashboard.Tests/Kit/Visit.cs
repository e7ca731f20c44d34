using Orchestrator.Dashboard.Tests.Browser;
using Xunit.Sdk;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>A visit to the dashboard in a browser that remembers nothing of others.</summary>
internal static class Visit
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <param name="dashboard">Where the dashboard is, with a slash at its end.</param>
    /// <param name="path">Where to begin, under it.</param>
    public static async Task RunAsync(IBrowser browser, Uri dashboard, string path, Func<IPage, Task> act)
    {
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = dashboard.ToString(), ViewportSize = Screen.Desk, ColorScheme = ColorScheme.Light });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        var complaints = await Complaints.ListenAsync(context);
        var page = await context.NewPageAsync();
        try
        {
            await page.GotoAsync(path.Length == 0 ? dashboard.ToString().TrimEnd('/') : path);
            await act(page);
        }
        catch (Exception failure)
        {
            throw new XunitException($"{failure.Message}\nAt {page.Url}, which the browser says of: {string.Join('\n', complaints.Said)}", failure);
        }

        Assert.True(complaints.Said.Count == 0, string.Join('\n', complaints.Said));
    }
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Hands;
using Orchestrator.Dashboard.Tests.Kit;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Dashboard.Tests.Frame;

/// <summary>A dashboard that asks who its reader is.</summary>
[Collection(DashboardGroup.Name)]
public sealed class SignInTests(DashboardFixture dashboard)
{
    [BrowserTheory]
    [InlineData(With.Mouse)]
    [InlineData(With.Keyboard)]
    public async Task Reader_SignsInActsAndSignsOut(With with)
    {
        using var folder = new SqliteFolder();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnSqlite(folder.Path));
        using var created = await gateway.Client.PostAsJsonAsync("/api/v1/keys", new { name = "ann", verbs = new[] { "admin" } });
        var key = (await created.Content.ReadFromJsonAsync<JsonObject>())!["key"]!.GetValue<string>();
        await Visit.RunAsync(dashboard.Browser, new Uri(gateway.Client.BaseAddress!, "/observability/"), "workspaces/default?from=here", async page =>
        {
            var hand = Hand.Of(with, page);
            await Expect(page.FieldOf("Key")).ToBeFocusedAsync();
            await page.FieldOf("Key").FillAsync(key);
            await hand.PressAsync("Sign in");
            await page.WaitForURLAsync("**/observability/workspaces/default?from=here");
            await Expect(page.Live()).ToHaveTextAsync("live");

            await hand.DoAsync("Pause…", "Pause this workspace");
            await hand.PressAsync("Pause");
            await Expect(page.StateOf("default")).ToContainTextAsync("paused");

            await hand.PressAsync("Sign out");
            await Expect(page.FieldOf("Key")).ToBeVisibleAsync();
            await page.GoBackAsync();
            await Expect(page.FieldOf("Key")).ToBeVisibleAsync();
        });
    }
}

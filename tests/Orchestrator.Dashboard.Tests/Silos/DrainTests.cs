using Orchestrator.Client;
using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Hands;
using Orchestrator.Dashboard.Tests.Kit;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Dashboard.Tests.Silos;

/// <summary>Sending a silo home; on gateways of their own, for it does not come back.</summary>
[Collection(DashboardGroup.Name)]
public sealed class DrainTests(DashboardFixture dashboard)
{
    [BrowserTheory]
    [InlineData(With.Mouse)]
    [InlineData(With.Keyboard)]
    public async Task Drain_Silo_AsksFirstAndThenItTakesNothingMore(With with)
    {
        using var folder = new SqliteFolder();
        await using var gateway = await dashboard.StartGatewayAsync(folder, ("Silo:Name", "harbour"));
        using var client = new OrchestratorClient(gateway.Client);
        await Visit.RunAsync(dashboard.Browser, new Uri(gateway.Client.BaseAddress!, "observability/"), "", async page =>
        {
            var hand = Hand.Of(with, page);
            await hand.GoToAsync("Silos");
            var state = page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 2 }).Filter(new LocatorFilterOptions { HasText = "harbour" }).Locator(".state");
            await Expect(state).ToHaveTextAsync("active");
            await hand.DoAsync("Drain harbour", "Drain the silo harbour");
            Assert.StartsWith("Drain harbour?", await hand.ConfirmAsync("Drain"), StringComparison.Ordinal);
            await Expect(state).ToHaveTextAsync("draining");
        });

        await foreach (var silo in client.Silos.ListAsync())
        {
            Assert.Equal("draining", silo.State);
        }
    }
}

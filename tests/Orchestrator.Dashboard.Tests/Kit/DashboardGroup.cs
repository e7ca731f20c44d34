namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>The tests that share the gateway and the browser; one after another.</summary>
[CollectionDefinition(Name)]
public sealed class DashboardGroup : ICollectionFixture<DashboardFixture>
{
    public const string Name = "dashboard";
}

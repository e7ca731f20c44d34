using Orchestrator.TestKit;
using Orchestrator.TestKit.Npm;
using Xunit.Sdk;

namespace Orchestrator.Dashboard.Tests.Frame;

/// <summary>A fact that needs Chromium and <see cref="Axe"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Orchestrator.TestKit.Npm." + nameof(NpmFactDiscoverer), "Orchestrator.TestKit")]
internal sealed class AxeFactAttribute : NpmFactAttribute
{
    public AxeFactAttribute()
        : base(Axe.Package, Axe.Version) => Skip = TestRequirements.BrowserSkipReason;
}

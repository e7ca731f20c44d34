using Orchestrator.TestKit;

namespace Orchestrator.Dashboard.Tests.Browser;

/// <summary>A fact that needs Chromium; visibly skipped where there is none, unless <c>ORCHESTRATOR_TEST_REQUIRE=1</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = TestRequirements.BrowserSkipReason;
}

using Orchestrator.TestKit;

namespace Orchestrator.Dashboard.Tests.Browser;

/// <summary>The same as <see cref="BrowserFactAttribute"/>, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = TestRequirements.BrowserSkipReason;
}

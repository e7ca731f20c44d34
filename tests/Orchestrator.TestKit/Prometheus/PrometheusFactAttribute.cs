using Xunit;

namespace Orchestrator.TestKit.Prometheus;

/// <summary>A fact that needs Prometheus's programs; visibly skipped where there are none, unless <c>ORCHESTRATOR_TEST_REQUIRE=1</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PrometheusFactAttribute : FactAttribute
{
    public PrometheusFactAttribute() => Skip = TestRequirements.PrometheusSkipReason;
}

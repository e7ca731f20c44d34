using Orchestrator.TestKit;

namespace Orchestrator.Cluster.Tests;

[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresAndPrometheusFactAttribute : FactAttribute
{
    public PostgresAndPrometheusFactAttribute() => Skip = TestRequirements.PostgresSkipReason ?? TestRequirements.PrometheusSkipReason;
}

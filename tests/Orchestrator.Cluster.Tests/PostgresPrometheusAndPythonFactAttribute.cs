using Orchestrator.TestKit;

namespace Orchestrator.Cluster.Tests;

[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresPrometheusAndPythonFactAttribute : FactAttribute
{
    public PostgresPrometheusAndPythonFactAttribute() =>
        Skip = TestRequirements.PostgresSkipReason ?? TestRequirements.PrometheusSkipReason ?? TestRequirements.PythonSkipReason;
}

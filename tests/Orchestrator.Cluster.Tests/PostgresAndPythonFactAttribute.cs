using Orchestrator.TestKit;

namespace Orchestrator.Cluster.Tests;

[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresAndPythonFactAttribute : FactAttribute
{
    public PostgresAndPythonFactAttribute() => Skip = TestRequirements.PostgresSkipReason ?? TestRequirements.PythonSkipReason;
}

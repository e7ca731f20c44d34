using Xunit;

namespace Orchestrator.TestKit;

/// <summary>A fact that needs Python 3; visibly skipped where there is none, unless <c>ORCHESTRATOR_TEST_REQUIRE=1</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute() => Skip = TestRequirements.PythonSkipReason;
}

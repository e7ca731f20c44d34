using Xunit;

namespace Orchestrator.TestKit;

/// <summary>A fact that needs bash and curl; visibly skipped where one is missing, unless <c>ORCHESTRATOR_TEST_REQUIRE=1</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CurlFactAttribute : FactAttribute
{
    public CurlFactAttribute() => Skip = TestRequirements.CurlSkipReason;
}

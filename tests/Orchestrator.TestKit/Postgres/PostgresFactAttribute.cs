using Xunit;

namespace Orchestrator.TestKit.Postgres;

/// <summary>A fact that needs PostgreSQL; visibly skipped where there is none, unless <c>ORCHESTRATOR_TEST_REQUIRE=1</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = TestRequirements.PostgresSkipReason;
}

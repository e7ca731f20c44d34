using Xunit;
using Xunit.Sdk;

namespace Orchestrator.TestKit.Stores;

/// <summary>
/// A fact of a suite that runs on every store. In a class marked with <see cref="OnPostgresAttribute"/> it is visibly
/// skipped where there is no PostgreSQL.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Orchestrator.TestKit.Stores." + nameof(StoreFactDiscoverer), "Orchestrator.TestKit")]
public sealed class StoreFactAttribute : FactAttribute;

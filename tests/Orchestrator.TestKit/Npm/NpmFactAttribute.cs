using Xunit;
using Xunit.Sdk;

namespace Orchestrator.TestKit.Npm;

/// <summary>
/// A fact that runs a package from npm, which is installed before. Visibly skipped where that cannot be, unless
/// <c>ORCHESTRATOR_TEST_REQUIRE=1</c>; see <see cref="NpmPackage"/>.
/// </summary>
/// <param name="name">The package.</param>
/// <param name="version">Its version, exactly.</param>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Orchestrator.TestKit.Npm." + nameof(NpmFactDiscoverer), "Orchestrator.TestKit")]
public class NpmFactAttribute(string name, string version) : FactAttribute
{
    public string Name { get; } = name;

    public string Version { get; } = version;
}

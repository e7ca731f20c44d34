using Xunit.Abstractions;
using Xunit.Sdk;

namespace Orchestrator.TestKit.Npm;

/// <summary>Makes the test cases of <see cref="NpmFactAttribute"/>.</summary>
public sealed class NpmFactDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new NpmFactTestCase(diagnostics, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}

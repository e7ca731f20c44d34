using Orchestrator.TestKit;
using Orchestrator.TestKit.Npm;
using Xunit.Sdk;

namespace Orchestrator.Dashboard.Tests.Frame;

/// <summary>A fact that needs Chromium, and axe-core from npm to judge whether people with disabilities can use a page.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Orchestrator.TestKit.Npm." + nameof(NpmFactDiscoverer), "Orchestrator.TestKit")]
internal sealed class AxeFactAttribute : NpmFactAttribute
{
    private const string Package = "axe-core";
    private const string PinnedVersion = "4.14.1";

    public AxeFactAttribute()
        : base(Package, PinnedVersion) => Skip = TestRequirements.ChromiumSkipReason;

    /// <summary>The script, installed if it is not there.</summary>
    public static async Task<string> ReadScriptAsync() =>
        await File.ReadAllTextAsync(Path.Combine(await NpmPackage.InstallAsync(Package, PinnedVersion), "node_modules", Package, "axe.min.js"));
}

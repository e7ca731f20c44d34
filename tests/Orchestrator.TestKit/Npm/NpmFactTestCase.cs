using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Orchestrator.TestKit.Npm;

/// <summary>A test case that is skipped when its package cannot be installed and nothing is required.</summary>
public sealed class NpmFactTestCase : XunitTestCase
{
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("Called by the deserializer.")]
    public NpmFactTestCase()
    {
    }

    public NpmFactTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions displayOptions, ITestMethod method)
        : base(diagnostics, display, displayOptions, method)
    {
    }

    public override async Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource)
    {
        if (SkipReason is null && !TestRequirements.Strict)
        {
            SkipReason = await FindMissingAsync();
        }

        return await base.RunAsync(diagnosticMessageSink, messageBus, constructorArguments, aggregator, cancellationTokenSource);
    }

    private async Task<string?> FindMissingAsync()
    {
        var package = TestMethod.Method.GetCustomAttributes(typeof(NpmFactAttribute).AssemblyQualifiedName).Single();
        try
        {
            await NpmPackage.InstallAsync(package.GetNamedArgument<string>(nameof(NpmFactAttribute.Name)), package.GetNamedArgument<string>(nameof(NpmFactAttribute.Version)));
            return null;
        }
        catch (InvalidOperationException missing)
        {
            return missing.Message;
        }
    }
}

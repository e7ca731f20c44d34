using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Orchestrator.TestKit.Stores;

/// <summary>A test case that is skipped when its class needs a PostgreSQL that is not there.</summary>
public sealed class StoreFactTestCase : XunitTestCase
{
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("Called by the deserializer.")]
    public StoreFactTestCase()
    {
    }

    public StoreFactTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions displayOptions, ITestMethod method)
        : base(diagnostics, display, displayOptions, method)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute)
    {
        var onPostgres = TestMethod.TestClass.Class.GetCustomAttributes(typeof(OnPostgresAttribute).AssemblyQualifiedName).Any();
        return base.GetSkipReason(factAttribute) ?? (onPostgres ? TestRequirements.PostgresSkipReason : null)!;
    }
}

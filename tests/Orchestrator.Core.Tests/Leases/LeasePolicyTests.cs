using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Core.Leases;

namespace Orchestrator.Core.Tests.Leases;

public sealed class LeasePolicyTests
{
    [Fact]
    public void Defaults_OfTheSpecification_AreFifteenAndFiveSeconds()
    {
        Assert.Equal(TimeSpan.FromSeconds(15), LeasePolicy.DefaultDuration);
        Assert.Equal(TimeSpan.FromSeconds(5), LeasePolicy.DefaultHeartbeatInterval);
    }

    [Fact]
    public void StopTimestamp_DefaultLease_IsThirteenAndAHalfSecondsAfterTheRequest() =>
        Assert.Equal(1_000 + 13_500, new LeasePolicy(LeasePolicy.DefaultDuration, LeasePolicy.DefaultHeartbeatInterval).StopTimestamp(1_000, 1_000));

    [Fact]
    public void StopTimestamp_AnyLease_ComesAfterTheRequestAndBeforeTheStoreCouldExpireIt()
    {
        var cases = (from ms in Gen.Choose(500, 3_600_000)
                     from sent in Gen.Choose(0, int.MaxValue)
                     from frequency in Gen.Elements(1_000L, 1_000_000L, 10_000_000L, 1_000_000_000L)
                     select (Policy: new LeasePolicy(TimeSpan.FromMilliseconds(ms), TimeSpan.FromMilliseconds(ms / 3)), Sent: (long)sent, Frequency: frequency)).ToArbitrary();

        Prop.ForAll(cases, c =>
        {
            var stop = c.Policy.StopTimestamp(c.Sent, c.Frequency);
            return stop > c.Sent && stop < c.Sent + (c.Policy.Duration.TotalSeconds * c.Frequency);
        }).QuickCheckThrowOnFailure();
    }
}

using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Tests.Fuses;

public sealed class BudgetRulesTests
{
    [Theory]
    [InlineData(79, false)]
    [InlineData(80, true)]
    [InlineData(100, true)]
    public void IsWarning_OfAHundred_BeginsAtEighty(long spent, bool isWarning) => Assert.Equal(isWarning, BudgetRules.IsWarning(spent, 100));

    [Fact]
    public void IsWarning_LargestBudget_DoesNotOverflow() => Assert.True(BudgetRules.IsWarning(long.MaxValue, long.MaxValue));

    [Theory]
    [InlineData(AttemptEnd.Settled, null, 0)]
    [InlineData(AttemptEnd.Settled, ErrorCodes.ProviderError, 0)]
    [InlineData(AttemptEnd.Settled, ErrorCodes.Timeout, 10)]
    [InlineData(AttemptEnd.Settled, ErrorCodes.WorkerCrashed, 10)]
    [InlineData(AttemptEnd.NotBegun, ErrorCodes.Timeout, 0)]
    [InlineData(AttemptEnd.Lost, null, 10)]
    public void Charge_NothingReported_DependsOnWhatIsKnown(AttemptEnd end, string? code, long charge) =>
        Assert.Equal(charge, BudgetRules.Charge(10, 0, end, code));

    [Theory]
    [InlineData(4, AttemptEnd.Settled, null, 4)]
    [InlineData(4, AttemptEnd.Settled, ErrorCodes.Timeout, 10)]
    [InlineData(4, AttemptEnd.Lost, null, 10)]
    [InlineData(4, AttemptEnd.NotBegun, ErrorCodes.RateLimited, 4)]
    [InlineData(12, AttemptEnd.Lost, null, 12)]
    public void Charge_SomethingReported_IsThatAndAllThatWasReservedWhereMoreMayHaveBeenSpent(long reported, AttemptEnd end, string? code, long charge) =>
        Assert.Equal(charge, BudgetRules.Charge(10, reported, end, code));
}

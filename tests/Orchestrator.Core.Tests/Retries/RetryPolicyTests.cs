using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Core.Retries;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Tests.Retries;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy Default = new(RetryPolicy.DefaultBaseDelay, RetryPolicy.DefaultMaxDelay);
    private static readonly TaskError Transient = TaskError.Of(ErrorCodes.Timeout, "slow");

    [Fact]
    public void Defaults_OfTheSpecification_AreOneSecondAndFiveMinutes()
    {
        Assert.Equal(TimeSpan.FromSeconds(1), RetryPolicy.DefaultBaseDelay);
        Assert.Equal(TimeSpan.FromMinutes(5), RetryPolicy.DefaultMaxDelay);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(9, 256)]
    [InlineData(10, 300)]
    [InlineData(100, 300)]
    [InlineData(int.MaxValue, 300)]
    public void Ceiling_OfAnAttempt_DoublesUpToTheCap(int attempt, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Default.Ceiling(attempt));

    [Fact]
    public void NextDelay_FinalError_IsNone() =>
        Assert.Null(Default.NextDelay(TaskError.Of(ErrorCodes.InvalidInput, "bad"), 1, 3, null, 0.5));

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    [InlineData(1, 1)]
    public void NextDelay_AttemptsUsed_IsNone(int attempt, int maxAttempts) =>
        Assert.Null(Default.NextDelay(Transient, attempt, maxAttempts, TimeSpan.FromSeconds(1), 0.5));

    [Fact]
    public void NextDelay_WorkerSaysNotRetryable_OverridesTheCode() =>
        Assert.Null(Default.NextDelay(new TaskError(ErrorCodes.Timeout, "never again", Retryable: false), 1, 3, null, 0.5));

    [Fact]
    public void NextDelay_RetryAfterBeyondTheCap_IsHonoured() =>
        Assert.Equal(TimeSpan.FromHours(1), Default.NextDelay(Transient, 1, 3, TimeSpan.FromHours(1), 0.99));

    [Fact]
    public void NextDelay_RetryAfterBelowTheJitter_DoesNotShortenIt() =>
        Assert.Equal(TimeSpan.FromSeconds(0.5), Default.NextDelay(Transient, 1, 3, TimeSpan.FromSeconds(0.1), 0.5));

    [Fact]
    public void NextDelay_ZeroBaseDelay_IsZero() =>
        Assert.Equal(TimeSpan.Zero, new RetryPolicy(TimeSpan.Zero, TimeSpan.Zero).NextDelay(Transient, 1, 3, null, 0.9));

    [Fact]
    public void NextDelay_AnyPolicyAndJitter_StaysBetweenZeroAndItsCeiling()
    {
        var cases = from baseMs in Gen.Choose(0, 60_000)
                    from maxMs in Gen.Choose(0, 600_000)
                    from attempt in Gen.Choose(1, 200)
                    from jitter in Gen.Choose(0, 999_999)
                    select (Policy: new RetryPolicy(TimeSpan.FromMilliseconds(baseMs), TimeSpan.FromMilliseconds(maxMs)), attempt, Jitter: jitter / 1e6);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var delay = c.Policy.NextDelay(Transient, c.attempt, c.attempt + 1, null, c.Jitter);
            return delay >= TimeSpan.Zero && delay <= c.Policy.Ceiling(c.attempt) && c.Policy.Ceiling(c.attempt) <= c.Policy.MaxDelay;
        }).QuickCheckThrowOnFailure();
    }
}

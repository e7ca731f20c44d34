using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Tests.Tasks;

public sealed class ErrorCodesTests
{
    [Theory]
    [InlineData("timeout", true)]
    [InlineData("worker_crashed", true)]
    [InlineData("heartbeat_missed", true)]
    [InlineData("lease_lost", true)]
    [InlineData("rate_limited", true)]
    [InlineData("provider_error", true)]
    [InlineData("invalid_output", true)]
    [InlineData("worker_error", true)]
    [InlineData("resource_unavailable", true)]
    [InlineData("invalid_input", false)]
    [InlineData("unservable", false)]
    [InlineData("deadline_exceeded", false)]
    [InlineData("depth_exceeded", false)]
    [InlineData("budget_exceeded", false)]
    [InlineData("dependency_failed", false)]
    [InlineData("cancelled", false)]
    [InlineData("rejected", false)]
    public void IsRetryable_KnownCode_IsAsDocumented(string code, bool retryable)
    {
        Assert.True(ErrorCodes.IsKnown(code));
        Assert.Equal(retryable, ErrorCodes.IsRetryable(code));
        Assert.Equal(retryable, TaskError.Of(code, "why").Retryable);
    }

    [Fact]
    public void All_Codes_AreTheSeventeenOfTheContract() => Assert.Equal(17, ErrorCodes.All.Count);

    [Fact]
    public void IsRetryable_UnknownCode_IsFalse()
    {
        Assert.False(ErrorCodes.IsKnown("oops"));
        Assert.False(ErrorCodes.IsRetryable("oops"));
    }

    [Fact]
    public void Clip_LongTextWithNul_IsBoundedAndFreeOfNul()
    {
        var clipped = TaskError.Clip("a\0" + new string('x', TaskError.MaxMessageLength));

        Assert.Equal(TaskError.MaxMessageLength, clipped.Length);
        Assert.DoesNotContain('\0', clipped);
        Assert.StartsWith("a\uFFFD", clipped, StringComparison.Ordinal);
    }
}

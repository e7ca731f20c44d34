using System.Text;
using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Workers.Tests.Support;

internal static class Attempts
{
    public static AttemptContext Of(string action, string input, IAttemptReporter? reporter = null, TimeSpan? timeout = null, IDelegation? delegation = null, string? checkpoint = null) => new()
    {
        TaskId = Guid.CreateVersion7(),
        Workspace = "default",
        Action = action,
        Attempt = 1,
        MaxAttempts = 3,
        Input = Encoding.UTF8.GetBytes(input),
        Timeout = timeout ?? TimeSpan.FromSeconds(30),
        Reporter = reporter ?? new RecordingReporter(),
        Delegation = delegation ?? new FakeDelegation(),
        Checkpoint = checkpoint is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(checkpoint),
    };

    public static JsonElement ShouldSucceed(this AttemptResult result)
    {
        var success = Assert.IsType<AttemptResult.Success>(result);
        return JsonDocument.Parse(success.Result).RootElement;
    }

    public static AttemptResult.Waiting ShouldWait(this AttemptResult result) => Assert.IsType<AttemptResult.Waiting>(result);

    public static AttemptResult.Asking ShouldAsk(this AttemptResult result) => Assert.IsType<AttemptResult.Asking>(result);

    public static TaskError ShouldFail(this AttemptResult result, string code)
    {
        var failure = Assert.IsType<AttemptResult.Failure>(result);
        Assert.Equal(code, failure.Error.Code);
        return failure.Error;
    }
}

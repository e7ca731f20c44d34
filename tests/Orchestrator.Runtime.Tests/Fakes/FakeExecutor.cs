using System.Text;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Runtime.Tests.Fakes;

internal sealed class FakeExecutor(Func<AttemptContext, CancellationToken, Task<AttemptResult>> execute) : IActionExecutor
{
    public static AttemptResult Success(string json = "{}") => new AttemptResult.Success(Encoding.UTF8.GetBytes(json));

    public static FakeExecutor Returning(AttemptResult result) => new((_, _) => Task.FromResult(result));

    /// <summary>Works until it is cancelled, and then ends as it should.</summary>
    public static FakeExecutor Obedient() => new(async (_, token) =>
    {
        await Task.Delay(Timeout.Infinite, token);
        return Success();
    });

    public Task<AttemptResult> ExecuteAsync(AttemptContext context, CancellationToken cancellationToken) => execute(context, cancellationToken);
}

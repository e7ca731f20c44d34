using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Workers.Pool;

/// <summary>An attempt on its way through the pool. The first outcome counts.</summary>
internal sealed class PoolRequest(AttemptContext attempt, TimeProvider time, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<AttemptResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _created = time.GetTimestamp();
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    public AttemptContext Attempt => attempt;

    /// <summary>Cancelled when nobody wants the result any more.</summary>
    public CancellationToken Cancellation => cancellation;

    public Task<AttemptResult> Result => _result.Task;

    public bool IsOver => _result.Task.IsCompleted;

    /// <summary>Time the attempt has left.</summary>
    public TimeSpan Remaining => attempt.Timeout - time.GetElapsedTime(_created);

    /// <summary>Does something for the attempt where it was handed over: in its trace, and in the scope of its log.</summary>
    public void InItsContext(Action act)
    {
        if (_context is null)
        {
            act();
            return;
        }

        ExecutionContext.Run(_context, static act => ((Action)act!)(), act);
    }

    public void Finish(AttemptResult result) => _result.TrySetResult(result);

    public void Fail(string code, string message) => Finish(new AttemptResult.Failure(TaskError.Of(code, message)));

    public void Cancel() => _result.TrySetCanceled(cancellation);
}

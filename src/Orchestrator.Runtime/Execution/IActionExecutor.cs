namespace Orchestrator.Runtime.Execution;

/// <summary>Executes attempts of one action. It is called by many attempts at the same time.</summary>
public interface IActionExecutor
{
    /// <summary>
    /// Runs one attempt to its end. Cancellation means that nobody wants the result any more (cancelled, timed out, lease
    /// lost, draining); an exception other than for cancellation counts as <c>worker_error</c>.
    /// </summary>
    Task<AttemptResult> ExecuteAsync(AttemptContext context, CancellationToken cancellationToken);
}

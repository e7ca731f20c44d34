namespace Orchestrator.Workers;

/// <summary>
/// Executes one kind of work in this process. A new instance is taken from the container, in a scope of its own, for every attempt.
/// </summary>
/// <typeparam name="TIn">
/// Read from the task's input (JSON, camelCase names). Members the type does not have, required members that are missing, and
/// null where the type says it cannot be are answered with <c>invalid_input</c> before the worker is called.
/// </typeparam>
/// <typeparam name="TOut">Written as the task's result (JSON, camelCase names).</typeparam>
public interface IWorker<in TIn, TOut>
{
    /// <summary>
    /// Does the work of one attempt. Work can be attempted more than once, so effects outside should be idempotent
    /// (<see cref="IWorkerContext.TaskId"/> is a stable key).
    /// </summary>
    /// <param name="cancellationToken">Cancelled when nobody wants the result any more: cancelled, timed out, draining.</param>
    /// <exception cref="WorkerException">Ends the attempt with a named outcome. Any other exception is <c>worker_error</c>, which is retried.</exception>
    Task<TOut> ExecuteAsync(TIn input, IWorkerContext context, CancellationToken cancellationToken);
}

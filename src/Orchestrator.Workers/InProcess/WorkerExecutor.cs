using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Workers;

/// <summary>Runs an <see cref="IWorker{TIn,TOut}"/>: reads the input, takes the worker from a scope of its own, writes the result, names every failure.</summary>
internal sealed partial class WorkerExecutor<TIn, TOut>(
    Type workerType,
    JsonSerializerOptions json,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<WorkerExecutor<TIn, TOut>> logger) : IActionExecutor
{
    public async Task<AttemptResult> ExecuteAsync(AttemptContext context, CancellationToken cancellationToken)
    {
        if (!WorkerInput.TryRead<TIn>(context.Input, json, out var input, out var problem))
        {
            return new AttemptResult.Failure(TaskError.Of(ErrorCodes.InvalidInput, problem));
        }

        var workerContext = new WorkerContext(context, time, json);
        var result = await RunAsync(input, workerContext, context, cancellationToken).ConfigureAwait(false);
        return workerContext.Usage is { } usage ? result with { Usage = usage } : result;
    }

    private async Task<AttemptResult> RunAsync(TIn input, WorkerContext workerContext, AttemptContext context, CancellationToken cancellationToken)
    {
        TOut output;
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                var worker = (IWorker<TIn, TOut>)scope.ServiceProvider.GetRequiredService(workerType);
                output = await worker.ExecuteAsync(input, workerContext, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception) when (workerContext.Waiting is not null)
        {
            // The attempt had ended before, whatever the worker made of that.
            return workerContext.Waiting;
        }
        catch (WorkerException exception)
        {
            return new AttemptResult.Failure(
                new TaskError(exception.Code, TaskError.Clip(exception.Message), exception.Retryable),
                exception.RetryAfter);
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception, context.Action, context.TaskId, context.Attempt);
            return new AttemptResult.Failure(TaskError.Of(ErrorCodes.WorkerError, $"{exception.GetType().Name}: {exception.Message}"));
        }

        return workerContext.Waiting ?? Write(output, context);
    }

    private AttemptResult Write(TOut output, AttemptContext context)
    {
        try
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(output, json);
            return bytes.Length <= TaskLimits.MaxResultBytes
                ? new AttemptResult.Success(bytes)
                : new AttemptResult.Failure(TaskError.Of(
                    ErrorCodes.InvalidOutput,
                    $"The result has {bytes.Length} bytes; at most {TaskLimits.MaxResultBytes} are kept."));
        }
        catch (Exception exception)
        {
            LogUnwritable(logger, exception, context.Action, context.TaskId, context.Attempt);
            return new AttemptResult.Failure(TaskError.Of(ErrorCodes.InvalidOutput, $"The result cannot be written as JSON: {exception.Message}"));
        }
    }
}

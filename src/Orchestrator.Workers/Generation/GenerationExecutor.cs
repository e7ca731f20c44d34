using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Generation;

/// <summary>What the actions that ask models have in common: a strict input, named failures, and usage however they end.</summary>
/// <typeparam name="TIn">The input.</typeparam>
public abstract class GenerationExecutor<TIn> : IActionExecutor
    where TIn : class
{
    private static readonly JsonSerializerOptions Lenient = new(WorkerJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    public async Task<AttemptResult> ExecuteAsync(AttemptContext context, CancellationToken cancellationToken)
    {
        if (!WorkerInput.TryRead<TIn>(context.Input, WorkerJson.Options, out var input, out var problem))
        {
            return InvalidInput(string.Join(' ', new[] { problem, FindFaults(context.Input) }.Where(static text => text.Length > 0)));
        }

        try
        {
            return await AnswerAsync(input, context, cancellationToken).ConfigureAwait(false);
        }
        catch (ModelException exception)
        {
            return exception.ToFailure();
        }
    }

    /// <summary>Names all that is wrong with an input whose members have the right types.</summary>
    private protected abstract void Check(TIn input, InputFaults faults);

    private protected abstract Task<AttemptResult> AnswerAsync(TIn input, AttemptContext context, CancellationToken cancellationToken);

    /// <summary>What is wrong besides members that there are not.</summary>
    private string FindFaults(ReadOnlyMemory<byte> bytes)
    {
        var faults = new InputFaults();
        if (WorkerInput.TryRead<TIn>(bytes, Lenient, out var input, out _))
        {
            Check(input, faults);
        }

        return faults.ToString();
    }

    private protected static AttemptResult InvalidInput(string problem) => new AttemptResult.Failure(TaskError.Of(ErrorCodes.InvalidInput, problem));

    private protected static AttemptResult OverBudget(decimal? reserved) => new AttemptResult.Failure(TaskError.Of(
        ErrorCodes.BudgetExceeded,
        FormattableString.Invariant($"The budget has reserved {reserved} for the attempt, and reading the input alone may cost as much; raise Actions:{{action}}:MaxCost, or send less.")));

    private protected static AttemptResult Succeed<TOut>(TOut output, string model, TaskUsage? usage)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(output, WorkerJson.Options);
        AttemptResult result = bytes.Length <= TaskLimits.MaxResultBytes
            ? new AttemptResult.Success(bytes)
            : new AttemptResult.Failure(TaskError.Of(ErrorCodes.InvalidOutput, $"The result has {bytes.Length} bytes; at most {TaskLimits.MaxResultBytes} are kept."));
        return result with { Usage = usage, Provider = ModelName.Parse(model)?.Provider };
    }
}

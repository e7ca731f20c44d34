using Orchestrator.Runtime.Execution;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Generation;

/// <summary><c>generation.text</c>: a model's answer, streamed into the events of the task.</summary>
internal sealed class TextExecutor(GenerationOptions options, ModelChoice choice, CostBounds costs, ModelRouter router, TimeProvider time) : GenerationExecutor<TextInput>
{
    public const string Action = "generation.text";

    private readonly ChatReader _reader = new(options);

    private protected override void Check(TextInput input, InputFaults faults)
    {
        choice.Of(input.Model, choice.Chat, faults);
        _reader.Read(input, faults);
    }

    private protected override async Task<AttemptResult> AnswerAsync(TextInput input, AttemptContext context, CancellationToken cancellationToken)
    {
        var faults = new InputFaults();
        var models = choice.Of(input.Model, choice.Chat, faults);
        var chat = _reader.Read(input, faults);
        if (!faults.IsEmpty)
        {
            return InvalidInput(faults.ToString());
        }

        if (costs.Bound(models, chat, context.Reserved) is not { } bounded)
        {
            return OverBudget(context.Reserved);
        }

        using var chunks = new ChunkBuffer(context.Reporter, time);
        var turn = await router.AnswerAsync(models, bounded, chunks.Append, cancellationToken).ConfigureAwait(false);
        return Succeed(new TextOutput(turn.Text, turn.Model, turn.FinishReason), turn.Model, turn.Usage);
    }
}

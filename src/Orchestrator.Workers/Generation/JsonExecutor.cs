using System.Text;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Providers;
using Orchestrator.Workers.Validation;

namespace Orchestrator.Workers.Generation;

/// <summary><c>generation.json</c>: a model's answer that follows a schema. One that does not is asked for once more with what is wrong.</summary>
internal sealed class JsonExecutor(GenerationOptions options, ModelChoice choice, CostBounds costs, ModelRouter router) : GenerationExecutor<JsonInput>
{
    public const string Action = "generation.json";

    /// <summary>How often an attempt asks a model.</summary>
    public const int Calls = 2;

    private readonly ChatReader _reader = new(options);

    private protected override void Check(JsonInput input, InputFaults faults)
    {
        choice.Of(input.Model, choice.Chat, faults);
        _reader.Read(input, faults);
        Parse(Encoding.UTF8.GetBytes(input.Schema.GetRawText()), faults);
    }

    private protected override Task<AttemptResult> AnswerAsync(JsonInput input, AttemptContext context, CancellationToken cancellationToken)
    {
        var faults = new InputFaults();
        var models = choice.Of(input.Model, choice.Chat, faults);
        var chat = _reader.Read(input, faults);
        var bytes = Encoding.UTF8.GetBytes(input.Schema.GetRawText());
        var schema = Parse(bytes, faults);
        return schema is null || !faults.IsEmpty
            ? Task.FromResult(InvalidInput(faults.ToString()))
            : AskAsync(models, chat with { AnswerSchema = bytes }, schema, context.Reserved, cancellationToken);
    }

    private async Task<AttemptResult> AskAsync(IReadOnlyList<ModelName> models, Chat chat, PayloadSchema schema, decimal? reserved, CancellationToken cancellationToken)
    {
        TaskUsage? used = null;
        var answer = default(JsonAnswer);
        var model = "";
        for (var call = 0; call < Calls; call++)
        {
            if (costs.Bound(models, chat, reserved - (used?.Cost ?? 0)) is not { } bounded)
            {
                if (call == 0)
                {
                    return OverBudget(reserved);
                }

                break;
            }

            ChatTurn turn;
            try
            {
                turn = await router.AnswerAsync(models, bounded, onText: null, cancellationToken).ConfigureAwait(false);
            }
            catch (ModelException exception)
            {
                return exception.ToFailure() with { Usage = TaskUsage.Sum(used, exception.Usage) };
            }

            used = TaskUsage.Sum(used, turn.Usage);
            model = turn.Model;
            answer = JsonAnswer.Read(turn, schema);
            if (answer.Value is { } value)
            {
                return Succeed(new JsonOutput(value, model), model, used);
            }

            if (!answer.MayBeAskedAgain)
            {
                break;
            }

            chat = chat with { Messages = [.. chat.Messages, new ChatMessage(ChatRole.Assistant, turn.Text), new ChatMessage(ChatRole.User, answer.ToRequest())] };
        }

        return new AttemptResult.Failure(TaskError.Of(ErrorCodes.InvalidOutput, $"{model} did not answer as the schema has it. {answer.Problem}"))
        {
            Usage = used,
            Provider = ModelName.Parse(model)?.Provider,
        };
    }

    private static PayloadSchema? Parse(byte[] schema, InputFaults faults)
    {
        try
        {
            return PayloadSchema.Parse(schema);
        }
        catch (SchemaException exception)
        {
            foreach (var error in exception.Errors)
            {
                faults.Add($"$.schema{error.Path}", error.Message);
            }

            return null;
        }
    }
}

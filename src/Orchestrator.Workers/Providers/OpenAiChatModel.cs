using System.ClientModel.Primitives;
using System.Net.ServerSentEvents;
using System.Text;
using OpenAI.Chat;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Providers;

/// <summary>
/// A model behind the chat completions of OpenAI's protocol. Requests and answers are written and read here, because what calls itself
/// compatible differs in what it leaves out and adds.
/// </summary>
internal sealed class OpenAiChatModel(Provider provider, string model, ChatClient client, ModelLimits limits, TimeProvider time) : IChatModel
{
    private const string EndOfStream = "[DONE]";

    private readonly ModelPrice? _price = provider.PriceOf(model);

    public string Name { get; } = new ModelName(provider.Name, model).ToString();

    public Task<ChatTurn> AnswerAsync(Chat chat, Action<string>? onText, CancellationToken cancellationToken)
    {
        var body = ChatRequestWriter.Write(provider, model, chat, streams: onText is not null);
        return ModelCall.RunAsync(Name, limits, time, call => AnswerAsync(call, body, onText), cancellationToken);
    }

    private async Task<ChatTurn> AnswerAsync(ModelCall call, ReadOnlyMemory<byte> body, Action<string>? onText)
    {
        using var response = await call.SendAsync(
            body, (content, options) => client.CompleteChatAsync(content, options), onText is null ? limits.Answer : limits.FirstToken).ConfigureAwait(false);
        if (onText is not null && !IsPlainJson(response))
        {
            return await ReadStreamAsync(call, response, onText).ConfigureAwait(false);
        }

        var turn = await ReadAnswerAsync(call, response).ConfigureAwait(false);
        if (turn.Text.Length > 0)
        {
            onText?.Invoke(turn.Text);
        }

        return turn;
    }

    private Task<ChatTurn> ReadAnswerAsync(ModelCall call, PipelineResponse response) => call.ReadAsync(
        response,
        answer =>
        {
            var collector = new ChatCollector(Name, _price);
            return collector.TakeAnswer(answer) ? collector.ToTurn() : throw WithUsage(call.Invalid("answered without an answer."), collector);
        });

    private async Task<ChatTurn> ReadStreamAsync(ModelCall call, PipelineResponse response, Action<string> onText)
    {
        var collector = new ChatCollector(Name, _price);
        var isDone = false;
        try
        {
            await foreach (var item in SseParser.Create(call.Open(response)).EnumerateAsync(call.Token).ConfigureAwait(false))
            {
                isDone = item.Data == EndOfStream;
                if (isDone)
                {
                    break;
                }

                var (text, isProgress) = call.Parse(Encoding.UTF8.GetBytes(item.Data), collector.TakePiece);
                if (isProgress)
                {
                    call.Allow(limits.Idle);
                }

                if (text.Length > 0)
                {
                    onText(text);
                }
            }
        }
        catch (Exception exception) when (collector.HasFinished && (exception is IOException or HttpRequestException or ModelException || call.IsLate))
        {
            // The answer is whole; what is missing could have told no more than what it cost.
            return collector.ToTurn();
        }

        return collector.HasFinished || (isDone && collector.HasChoice) ? collector.ToTurn()
            : collector.HasChoice ? throw WithUsage(call.Failure(ModelFailure.Unavailable, "cut its answer off."), collector)
            : throw WithUsage(call.Invalid("answered without an answer."), collector);
    }

    private static ModelException WithUsage(ModelException exception, ChatCollector collector) =>
        new(exception.Failure, exception.Message) { Model = exception.Model, Usage = collector.Usage };

    /// <summary>Some do not stream though they are asked to.</summary>
    private static bool IsPlainJson(PipelineResponse response) =>
        response.Headers.TryGetValue("Content-Type", out var type) && type?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;
}

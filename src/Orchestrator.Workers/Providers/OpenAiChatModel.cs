using OpenAI.Chat;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Providers;

internal sealed class OpenAiChatModel(ModelName name, ChatClient client) : IChatModel
{
    public string Name { get; } = name.ToString();

    public Task<ChatAnswer> AskAsync(ChatRequest request, CancellationToken cancellationToken) => OpenAiCall.RunAsync(
        Name,
        async () =>
        {
            var options = new ChatCompletionOptions();
            if (request.Json)
            {
                options.ResponseFormat = ChatResponseFormat.CreateJsonObjectFormat();
            }

            var answer = await client.CompleteChatAsync(
                [new SystemChatMessage(request.Instructions), new UserChatMessage(request.Text)], options, cancellationToken).ConfigureAwait(false);
            return new ChatAnswer(string.Concat(answer.Value.Content.Select(static part => part.Text)), UsageOf(answer.Value.Usage));
        });

    private static TaskUsage? UsageOf(ChatTokenUsage? usage) => usage is null
        ? null
        : new TaskUsage(
            usage.InputTokenCount,
            usage.OutputTokenCount,
            usage.InputTokenDetails?.CachedTokenCount ?? 0,
            usage.OutputTokenDetails?.ReasoningTokenCount ?? 0);
}

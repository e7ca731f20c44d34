using Orchestrator.Runtime.Models;
using Orchestrator.Telemetry.Tracing;

namespace Orchestrator.Workers.Providers;

internal sealed class WatchedChatModel(IChatModel model, ModelWatch watch) : IChatModel
{
    public string Name => model.Name;

    public Task<ChatTurn> AnswerAsync(Chat chat, Action<string>? onText, CancellationToken cancellationToken) =>
        watch.RunAsync(ModelOperation.Chat, () => model.AnswerAsync(chat, onText, cancellationToken), static turn => turn.Usage);
}

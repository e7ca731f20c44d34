using Microsoft.Extensions.Logging;
using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Providers;

/// <summary>
/// Asks the first of several models, and the next when it fails in a way that another may not. Each is asked once: whoever runs the attempt
/// tries again.
/// </summary>
public sealed partial class ModelRouter(ProviderDirectory providers, ProviderClients clients, TimeProvider time, ILogger<ModelRouter> logger)
{
    private readonly ProviderHealth _health = new(time);
    private readonly ILogger _logger = logger;

    /// <summary>
    /// Has one of the models continue the conversation. A model follows upon one that was not there, was too slow, asked to be left alone,
    /// did not accept the key, or answered nothing that can be read. Requests that are refused, and models that do not exist, are mistakes
    /// that no other model is to hide. Once a piece of text was handed to <paramref name="onText"/> no other model is asked: what was read
    /// cannot be taken back.
    /// </summary>
    /// <param name="models">The best first; at least one.</param>
    /// <exception cref="ModelException">That of the last model that failed in a way which may pass, with the words and the usage of all.</exception>
    public Task<ChatTurn> AnswerAsync(IReadOnlyList<ModelName> models, Chat chat, Action<string>? onText, CancellationToken cancellationToken)
    {
        var hasText = false;
        Action<string>? tell = onText is null ? null : text =>
        {
            hasText = true;
            onText(text);
        };
        return AskAsync(
            models,
            (provider, model) => clients.Chat(provider, model).AnswerAsync(chat, tell, cancellationToken),
            static turn => turn.Usage,
            static (turn, usage) => turn with { Usage = usage },
            () => hasText);
    }

    /// <summary>Has the model place the texts. No other model follows: the vectors of two models cannot be compared.</summary>
    /// <exception cref="ModelException">The model did not.</exception>
    public Task<EmbeddingAnswer> EmbedAsync(ModelName model, IReadOnlyList<string> texts, CancellationToken cancellationToken) => AskAsync(
        [model],
        (provider, name) => clients.Embedding(provider, name).EmbedAsync(texts, cancellationToken),
        static answer => answer.Usage,
        static (answer, usage) => answer with { Usage = usage },
        static () => false);

    private async Task<T> AskAsync<T>(
        IReadOnlyList<ModelName> models, Func<Provider, string, Task<T>> ask, Func<T, TaskUsage?> usageOf, Func<T, TaskUsage?, T> withUsage, Func<bool> hasText)
    {
        TaskUsage? used = null;
        List<ModelException> failures = [];
        for (var i = 0; ; i++)
        {
            var name = models[i];
            var isLast = i == models.Count - 1;
            if (_health.Enter(name.Provider, anyway: isLast) is not { } ticket)
            {
                continue;
            }

            var verdict = ProviderVerdict.Unasked;
            try
            {
                var answer = await ask(Find(name), name.Model).ConfigureAwait(false);
                verdict = ProviderVerdict.Well;
                return withUsage(answer, TaskUsage.Sum(used, usageOf(answer)));
            }
            catch (ModelException exception)
            {
                verdict = VerdictOf(exception.Failure);
                used = TaskUsage.Sum(used, exception.Usage);
                if (exception is { Failure: ModelFailure.RateLimited, RetryAfter: { } pause })
                {
                    _health.Close(name.Provider, pause);
                }

                failures.Add(exception);
                if (isLast || hasText() || !MayFollow(exception.Failure))
                {
                    throw Told(failures, used);
                }

                LogFallsBack(exception.Message, models[i + 1]);
            }
            finally
            {
                _health.Leave(ticket, verdict);
            }
        }
    }

    /// <summary>The last failure that may be over with the next attempt, or else the last; in the words of all.</summary>
    private static ModelException Told(List<ModelException> failures, TaskUsage? used)
    {
        var told = failures.FindLast(static failure => MayPass(failure.Failure)) ?? failures[^1];
        return new ModelException(told.Failure, string.Join(' ', failures.Select(static failure => failure.Message)))
        {
            Model = told.Model,
            RetryAfter = told.RetryAfter,
            Usage = used,
        };
    }

    private Provider Find(ModelName name) =>
        providers.FindMistake(name) is { } mistake ? throw new ModelException(ModelFailure.UnknownModel, $"{name} {mistake}") { Model = name.ToString() }
        : providers.FindMissingKey(name) is { } problem ? throw new ModelException(ModelFailure.KeyRefused, problem) { Model = name.ToString() }
        : providers.Find(name.Provider)!;

    private static bool MayPass(ModelFailure failure) => MayFollow(failure) && failure != ModelFailure.KeyRefused;

    private static bool MayFollow(ModelFailure failure) => failure is not (ModelFailure.Refused or ModelFailure.UnknownModel);

    private static ProviderVerdict VerdictOf(ModelFailure failure) => failure switch
    {
        ModelFailure.Unavailable or ModelFailure.InvalidAnswer or ModelFailure.TooLarge or ModelFailure.TooSlow => ProviderVerdict.Ill,
        _ => ProviderVerdict.Silent,
    };
}

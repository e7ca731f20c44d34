using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;
using Orchestrator.Telemetry;
using Orchestrator.Telemetry.Tracing;

namespace Orchestrator.Workers.Providers;

/// <summary>Times the calls of one model, and shows them in the trace of whoever calls.</summary>
internal sealed class ModelWatch(Provider provider, string model, TimeProvider time, ModelInstruments? instruments)
{
    private readonly Uri? _address = Uri.TryCreate(provider.BaseUrl, UriKind.Absolute, out var address) ? address : null;

    public async Task<T> RunAsync<T>(ModelOperation operation, Func<Task<T>> call, Func<T, TaskUsage?> usageOf)
    {
        var started = time.GetTimestamp();
        using var span = ModelTraces.Call(operation, provider.Name, model, _address);
        var outcome = "cancelled";
        try
        {
            var answer = await call().ConfigureAwait(false);
            Tell(span, usageOf(answer));
            outcome = "ok";
            return answer;
        }
        catch (ModelException exception)
        {
            outcome = NameOf(exception.Failure);
            Tell(span, exception.Usage);
            span?.Failed(outcome);
            throw;
        }
        finally
        {
            instruments?.OnCalled(provider.Name, model, outcome, time.GetElapsedTime(started));
        }
    }

    private static void Tell(ModelSpan? span, TaskUsage? usage)
    {
        if (usage is not null)
        {
            span?.Used(usage.InputTokens, usage.OutputTokens);
        }
    }

    private static string NameOf(ModelFailure failure) => failure switch
    {
        ModelFailure.RateLimited => "rate_limited",
        ModelFailure.Unavailable => "unavailable",
        ModelFailure.Refused => "refused",
        ModelFailure.UnknownModel => "unknown_model",
        ModelFailure.KeyRefused => "key_refused",
        ModelFailure.InvalidAnswer => "invalid_answer",
        ModelFailure.TooLarge => "too_large",
        ModelFailure.TooSlow => "too_slow",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "Not a failure of a model."),
    };
}

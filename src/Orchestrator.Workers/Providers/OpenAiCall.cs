using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Providers;

/// <summary>Turns whatever a call can end in into an answer or a <see cref="ModelException"/>.</summary>
internal static class OpenAiCall
{
    private const int TooManyRequests = 429;

    public static async Task<T> RunAsync<T>(string model, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (ClientResultException exception)
        {
            throw Refused(model, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new ModelException(ModelFailure.Unavailable, $"{model} cannot be reached: {exception.Message}");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The library throws many things for answers that are not of its protocol; none tells more than that.
            throw new ModelException(ModelFailure.InvalidAnswer, $"{model} answered what cannot be read ({exception.GetType().Name}).");
        }
    }

    // What the provider said stays out, and so does the exception that quotes it.
    private static ModelException Refused(string model, ClientResultException exception) => exception.Status switch
    {
        0 => new ModelException(ModelFailure.Unavailable, $"{model} cannot be reached."),
        TooManyRequests => new ModelException(ModelFailure.RateLimited, $"{model} asks to be left alone (429).") { RetryAfter = RetryAfterOf(exception.GetRawResponse()) },
        >= 500 => new ModelException(ModelFailure.Unavailable, string.Create(CultureInfo.InvariantCulture, $"{model} failed ({exception.Status}).")),
        >= 300 => new ModelException(ModelFailure.Refused, string.Create(CultureInfo.InvariantCulture, $"{model} refused the request ({exception.Status}).")),
        _ => new ModelException(ModelFailure.InvalidAnswer, $"{model} answered what cannot be read."),
    };

    private static TimeSpan? RetryAfterOf(PipelineResponse? response) =>
        response?.Headers.TryGetValue("Retry-After", out var text) == true
        && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= TimeSpan.FromDays(1).TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
}

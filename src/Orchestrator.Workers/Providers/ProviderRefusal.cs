using System.ClientModel.Primitives;
using System.Collections.Frozen;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Providers;

/// <summary>Reads why a provider did not answer. Of its words only codes that are known stay: anything else may quote the key.</summary>
internal static class ProviderRefusal
{
    private const int MaxErrorBytes = 64 * 1024;
    private const int TooManyRequests = 429;

    private static readonly TimeSpan BodyLimit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    private static readonly FrozenSet<string> KnownCodes = FrozenSet.ToFrozenSet(
    [
        "billing_hard_limit_reached", "content_filter", "context_length_exceeded", "insufficient_quota", "invalid_api_key", "invalid_request_error",
        "invalid_type", "invalid_value", "missing_required_parameter", "model_not_found", "overloaded_error", "rate_limit_exceeded", "server_error",
        "string_above_max_length", "unknown_parameter", "unsupported_parameter", "unsupported_value",
    ]);

    private static readonly string[] CodeMembers = ["code", "type"];

    public static async Task<ModelException> ReadAsync(string model, PipelineResponse response, TimeProvider time, CancellationToken cancellationToken)
    {
        var code = await ReadCodeAsync(response, time, cancellationToken).ConfigureAwait(false);
        var told = code is null ? "" : $", {code}";
        return new ModelException(ClassOf(response.Status, code), string.Create(CultureInfo.InvariantCulture, $"{model} {VerbOf(response.Status, code)} ({response.Status}{told})."))
        {
            Model = model,
            RetryAfter = RetryAfterOf(response, time.GetUtcNow()),
        };
    }

    /// <summary>The code of an error, if it is one that is known.</summary>
    public static string? CodeOf(JsonElement error) =>
        error.ValueKind != JsonValueKind.Object ? null
        : CodeMembers.Select(name => error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
            .FirstOrDefault(text => text is not null && KnownCodes.Contains(text));

    private static ModelFailure ClassOf(int status, string? code) => (status, code) switch
    {
        (_, "insufficient_quota" or "billing_hard_limit_reached") or (401 or 402 or 403, _) => ModelFailure.KeyRefused,
        (404, _) or (400, "model_not_found") => ModelFailure.UnknownModel,
        (TooManyRequests, _) => ModelFailure.RateLimited,
        (408 or 425 or >= 500, _) => ModelFailure.Unavailable,
        _ => ModelFailure.Refused,
    };

    private static string VerbOf(int status, string? code) => ClassOf(status, code) switch
    {
        ModelFailure.KeyRefused => "does not accept the key or its account",
        ModelFailure.UnknownModel => "is not known to its provider",
        ModelFailure.RateLimited => "asks to be left alone",
        ModelFailure.Unavailable => "failed",
        _ => "refused the request",
    };

    private static TimeSpan? RetryAfterOf(PipelineResponse response, DateTimeOffset now)
    {
        if (!response.Headers.TryGetValue("Retry-After", out var text) || text is null)
        {
            return null;
        }

        var wanted = RetryConditionHeaderValue.TryParse(text, out var parsed) ? parsed.Delta ?? (parsed.Date - now)
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestRetryAfter.TotalSeconds ? TimeSpan.FromSeconds(seconds)
            : default(TimeSpan?);
        return wanted is not { } pause ? null
            : pause < TimeSpan.Zero ? TimeSpan.Zero
            : pause > LongestRetryAfter ? LongestRetryAfter
            : pause;
    }

    private static async Task<string?> ReadCodeAsync(PipelineResponse response, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(BodyLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await using var body = new BoundedStream(response.ContentStream ?? Stream.Null, MaxErrorBytes);
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: either.Token).ConfigureAwait(false);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("error", out var error) ? CodeOf(error) : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or InvalidOperationException or HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The status tells enough.
            return null;
        }
    }
}

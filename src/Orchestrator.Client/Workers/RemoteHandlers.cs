using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Client.Workers;

/// <summary>Handlers in the types that a program works with.</summary>
public static class RemoteHandlers
{
    /// <summary>As workers of silos read: unknown and duplicate members, missing required members, and null where the type excludes it are errors.</summary>
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads the input and writes the result as JSON; an input of another form is <c>invalid_input</c>.</summary>
    /// <param name="options">How both are done. Without them an input must have the members of <typeparamref name="TIn"/>, and no others.</param>
    public static RemoteHandler Of<TIn, TOut>(
        Func<TIn, RemoteAttempt, CancellationToken, Task<TOut>> handle, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return async (attempt, cancellationToken) =>
        {
            TIn? input;
            try
            {
                input = attempt.Input.Read<TIn>(options ?? Strict);
            }
            catch (JsonException exception)
            {
                throw new RemoteTaskException("invalid_input", $"The input has another form: {exception.Message}", exception);
            }

            if (input is null)
            {
                throw new RemoteTaskException("invalid_input", "There must be an input.");
            }

            return JsonValues.ToRawJson(await handle(input, attempt, cancellationToken).ConfigureAwait(false), options);
        };
    }
}

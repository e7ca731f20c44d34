using System.Text.Json;

namespace Orchestrator.Client.Workers;

/// <summary>Handlers in the types that a program works with.</summary>
public static class RemoteHandlers
{
    /// <summary>Reads the input and writes the result as JSON; an input of another form is <c>invalid_input</c>.</summary>
    public static RemoteHandler Of<TIn, TOut>(
        Func<TIn, RemoteAttempt, CancellationToken, Task<TOut>> handle, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return async (attempt, cancellationToken) =>
        {
            TIn? input;
            try
            {
                input = attempt.Input.Read<TIn>(options);
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

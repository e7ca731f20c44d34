using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Orchestrator.Workers;

/// <summary>Reads inputs, and names everything that is wrong with one.</summary>
internal static class WorkerInput
{
    public static bool TryRead<TIn>(ReadOnlyMemory<byte> bytes, JsonSerializerOptions json, [NotNullWhen(true)] out TIn? input, out string problem)
    {
        problem = string.Empty;
        input = default;
        try
        {
            input = JsonSerializer.Deserialize<TIn>(bytes.Span, json);
            problem = input is null ? "$: the input must not be null." : "";
            return input is not null;
        }
        catch (JsonException exception)
        {
            problem = InputDiagnosis.Of(bytes, typeof(TIn), json) is { Count: > 0 } faults ? string.Join(' ', faults) : InputMessage.From(exception);
            return false;
        }
        catch (ArgumentException exception)
        {
            // A constructor or setter of the input refused a value.
            problem = string.Join(' ', InputDiagnosis.Of(bytes, typeof(TIn), json).Append($"$: {exception.Message}"));
            return false;
        }
    }
}

using System.Buffers;
using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Workers.Validation;

namespace Orchestrator.Workers.Validators;

/// <summary><c>validators.runtime</c>: what <see cref="RuntimeValidator"/> finds, as a task's result.</summary>
public sealed class ValidatorExecutor : IActionExecutor
{
    public const string Action = "validators.runtime";

    public async Task<AttemptResult> ExecuteAsync(AttemptContext context, CancellationToken cancellationToken)
    {
        using var request = JsonDocument.Parse(context.Input);
        var judgement = await RuntimeValidator.CheckAsync(request.RootElement, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        return judgement!.IsOfPayload
            ? new AttemptResult.Success(Write(judgement.Errors))
            : new AttemptResult.Failure(TaskError.Of(ErrorCodes.InvalidInput, string.Join(' ', judgement.Errors.Select(Describe))));
    }

    private static string Describe(PayloadError error) => $"{(error.Path.Length == 0 ? "The input" : error.Path)} {error.Message}";

    private static ReadOnlyMemory<byte> Write(IReadOnlyList<PayloadError> errors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteBoolean("valid"u8, errors.Count == 0);
        writer.WriteStartArray("errors"u8);
        foreach (var error in errors)
        {
            writer.WriteStartObject();
            writer.WriteString("path"u8, error.Path);
            writer.WriteString("message"u8, error.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}

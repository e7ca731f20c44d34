using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Gateway.Api;

/// <summary>Reads what a step has put out, of which the outputs of its items are kept one by one.</summary>
internal static class StepOutputs
{
    /// <summary>The output as JSON, and whether there is more of it than that many bytes, so that it is left out.</summary>
    /// <param name="item">The item whose output is wanted; null for the whole step's.</param>
    public static async Task<(ReadOnlyMemory<byte>? Output, bool Omitted)> ReadAsync(
        IRunStore runs, Guid run, StepState step, int? item, long maxBytes, CancellationToken cancellationToken)
    {
        if (item is { } one)
        {
            return (await runs.FindOutputAsync(run, NameOf(step.Id, one), cancellationToken), false);
        }

        if (await runs.ListOutputsAsync(run, step.Id, maxBytes, cancellationToken) is not { } outputs)
        {
            return (null, true);
        }

        // A step that a person has skipped, or whose output was edited, has one for the whole.
        if (outputs.TryGetValue(step.Id, out var whole))
        {
            return (whole, false);
        }

        return (outputs.Count > 0 && step.Items is { } items ? Join(step.Id, items.Count, outputs) : null, false);
    }

    private static ReadOnlyMemory<byte>? Join(string step, int items, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> outputs)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartArray();
        for (var i = 0; i < items; i++)
        {
            if (outputs.TryGetValue(NameOf(step, i), out var output))
            {
                writer.WriteRawValue(output.Span, skipInputValidation: true);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndArray();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static string NameOf(string step, int item) => string.Create(CultureInfo.InvariantCulture, $"{step}[{item}]");
}

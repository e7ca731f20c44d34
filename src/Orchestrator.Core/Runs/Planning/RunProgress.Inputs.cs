using System.Text.Json;
using Orchestrator.Core.Json;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>What work is given, and what becomes of its answer.</summary>
internal sealed partial class RunProgress
{
    /// <summary>The input that the definition says, as a person changed it.</summary>
    private Evaluated<ReadOnlyMemory<byte>> MakeInput(int place, RunScope scope) => Evaluate<ReadOnlyMemory<byte>>("input", () =>
    {
        var step = _steps[place];
        if (step.InputChange == InputChange.Whole)
        {
            return _outputs.Find(WorkNames.Input(step.Id));
        }

        var input = _definition.Steps[place].Input?.Evaluate(scope) ?? RunOutputs.NullBytes;
        return step.InputChange == InputChange.None ? input : Patch(input, _outputs.Find(WorkNames.Input(step.Id)), RunLimits.MaxValueBytes);
    });

    private static byte[] Patch(ReadOnlyMemory<byte> value, ReadOnlyMemory<byte> edits, int limit)
    {
        byte[] patched;
        try
        {
            patched = MergePatch.Apply(value.Span, edits.Span);
        }
        catch (JsonException exception)
        {
            throw new ExpressionException($"cannot be edited: {exception.Message}", 0);
        }

        return patched.Length <= limit
            ? patched
            : throw new ExpressionException($"is larger than {limit} bytes with its edits.", 0);
    }

    /// <summary>The output that the definition makes of what the work answered.</summary>
    private Evaluated<ReadOnlyMemory<byte>> MapOutput(int place, int? item, ReadOnlyMemory<byte> answer)
    {
        if (_definition.Steps[place].Output is not { } template)
        {
            return new Evaluated<ReadOnlyMemory<byte>>(false, answer.IsEmpty ? RunOutputs.NullBytes : answer, null);
        }

        JsonElement Read() => RunOutputs.Parse("output", answer);
        return Evaluate<ReadOnlyMemory<byte>>("output", () => template.Evaluate(item is { } index ? ItemScope(place, index, Read) : Scope(Read)));
    }
}

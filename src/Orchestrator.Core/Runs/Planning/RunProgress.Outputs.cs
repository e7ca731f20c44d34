using System.Buffers;
using System.Text.Json;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>Where the outputs of steps are kept: under the step's name, or each of its items' (<see cref="WorkNames"/>).</summary>
internal sealed partial class RunProgress
{
    private void Keep(int place, string name, ReadOnlyMemory<byte> output)
    {
        _outputs.Keep(name, output);
        _outputs.Forget(WorkNames.Output(_steps[place].Id));
        _effects.Add(new RunEffect.Keep(name, output));
    }

    /// <summary>Keeps the output of a step in place of all that it had.</summary>
    private void KeepWhole(int place, ReadOnlyMemory<byte> output)
    {
        Keep(place, _steps[place].Id, output);
        _steps[place] = _steps[place] with { OutputBytes = output.Length, HasWholeOutput = _steps[place].Items is not null };
    }

    private JsonElement ReadOutput(int place) => _outputs.Read(WorkNames.Output(_steps[place].Id), () => FindOutput(place));

    /// <summary>The output of a step that has it; for items the array of theirs, <c>null</c> for those that have none.</summary>
    private ReadOnlyMemory<byte> FindOutput(int place)
    {
        var step = _steps[place];
        if (step.OutputBytes > RunLimits.MaxStepOutputBytes)
        {
            throw new ExpressionException($"the output of step '{step.Id}' is larger than {RunLimits.MaxStepOutputBytes} bytes.", 0);
        }

        if (step.Items is null || step.HasWholeOutput)
        {
            return _outputs.Find(step.Id);
        }

        var array = new ArrayBufferWriter<byte>((int)step.OutputBytes + (5 * step.Items.Count) + 2);
        array.Write("["u8);
        for (var item = 0; item < step.Items.Count; item++)
        {
            array.Write(item == 0 ? default : ","u8);
            var output = step.Items[item] == StepStatus.Completed ? _outputs.Find(WorkNames.Item(step.Id, item)) : RunOutputs.NullBytes;
            array.Write(output.Span);
        }

        array.Write("]"u8);
        return array.WrittenMemory;
    }

    private RunScope Scope(Func<JsonElement>? output = null) => new(this, _context) { Output = output };

    private RunScope ItemScope(int place, int item, Func<JsonElement>? output = null) =>
        new(this, _context) { Index = item, Item = () => ReadItem(place, item), Output = output };

    /// <summary>One item of a step: from the parts that are kept, or as its expression makes them anew.</summary>
    private JsonElement ReadItem(int place, int item)
    {
        var step = _steps[place];
        if (!step.HasKeptItems)
        {
            return FindItems(place) is { } items && item < items.Length ? items[item] : RunOutputs.Null;
        }

        var part = _outputs.Read(WorkNames.ItemsPart(step.Id, item / WorkNames.ItemsInPart));
        var at = item % WorkNames.ItemsInPart;
        return part.ValueKind == JsonValueKind.Array && at < part.GetArrayLength() ? part[at] : RunOutputs.Null;
    }
}

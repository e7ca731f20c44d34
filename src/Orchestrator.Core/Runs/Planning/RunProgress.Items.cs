using System.Buffers;
using System.Text.Json;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>
/// Steps with items. The array is evaluated when the step begins; where not all of its items begin at once it is kept in parts, so that
/// each of the others reads little.
/// </summary>
internal sealed partial class RunProgress
{
    private readonly Dictionary<int, JsonElement[]> _arrays = [];
    private readonly HashSet<int> _ownItems = [];

    private bool BeginItems(int place)
    {
        var array = Evaluate("foreach", () => FindItems(place));
        if (array.IsMissing)
        {
            return LeaveUndecided(place);
        }

        var fault = array.Fault ?? (array.Value, array.Value?.Length) switch
        {
            (null, _) => "foreach: is no array.",
            (_, > RunLimits.MaxItems) => $"foreach: has more than {RunLimits.MaxItems} items.",
            _ => null,
        };
        if (fault is not null)
        {
            FailStep(place, InvalidInput(fault));
            return true;
        }

        _ownItems.Add(place);
        _steps[place] = _steps[place] with
        {
            Status = StepStatus.Running,
            StartedAt = _now,
            EndedAt = null,
            Error = null,
            Items = new ItemStates(array.Value!.Length, StepStatus.Pending),
            HasKeptItems = false,
            HasWholeOutput = false,
            OutputBytes = 0,
        };
        StartItems(place);
        return true;
    }

    /// <summary>The items as their expression makes them; null where that is no array.</summary>
    private JsonElement[]? FindItems(int place)
    {
        if (_arrays.TryGetValue(place, out var known))
        {
            return known;
        }

        var misses = _outputs.Misses;
        var value = _definition.Steps[place].Foreach!.Items.Evaluate(Scope());
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        JsonElement[] items = [.. value.EnumerateArray()];
        if (misses == _outputs.Misses)
        {
            _arrays[place] = items;
        }

        return items;
    }

    /// <summary>Starts items as long as there is room. Answers whether that ended the step, or one of its items.</summary>
    private bool StartItems(int place)
    {
        var ended = false;
        var items = ItemsOf(place);
        var bound = _definition.Steps[place].Foreach?.MaxParallel ?? int.MaxValue;
        var room = Math.Max(1, bound) - items.CountOf(StepStatus.Running);
        for (var item = NextItem(place, 0); item >= 0; item = NextItem(place, item + 1))
        {
            if (room == 0 || !FindRoom())
            {
                _waitsForRoom = true;
                break;
            }

            var input = MakeInput(place, ItemScope(place, item));
            room--;
            if (input.IsMissing)
            {
                _inFlight++;
                _starts++;
            }
            else if (input.Fault is { } fault)
            {
                room++;
                ended = true;
                FailItem(place, item, InvalidInput(fault));
            }
            else
            {
                items[item] = StepStatus.Running;
                Start(new WorkKey(_steps[place].Id, item, _steps[place].Round, false), Request(place, input.Value), RunEventTypes.StepQueued);
            }
        }

        KeepItemsForLater(place);
        return _outputs.Misses == 0 && (EndItems(place) || ended);
    }

    /// <summary>The next item to start; -1 for none, also where one has failed and the step with it.</summary>
    private int NextItem(int place, int from) =>
        _steps[place].Error is not null || from >= _steps[place].Items!.Count ? -1 : ItemsOf(place).IndexOf(StepStatus.Pending, from);

    private void KeepItemsForLater(int place)
    {
        if (_steps[place].HasKeptItems || !_arrays.TryGetValue(place, out var array) || NextItem(place, 0) < 0)
        {
            return;
        }

        _steps[place] = _steps[place] with { HasKeptItems = true };
        for (var from = 0; from < array.Length; from += WorkNames.ItemsInPart)
        {
            var part = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(part))
            {
                json.WriteStartArray();
                foreach (var item in array.AsSpan(from, Math.Min(WorkNames.ItemsInPart, array.Length - from)))
                {
                    item.WriteTo(json);
                }

                json.WriteEndArray();
            }

            Keep(place, WorkNames.ItemsPart(_steps[place].Id, from / WorkNames.ItemsInPart), part.WrittenMemory);
        }
    }

    private void EndItem(int place, int item, WorkOutcome outcome)
    {
        if (outcome.Error is { } error)
        {
            FailItem(place, item, error);
        }
        else
        {
            var output = MapOutput(place, item, outcome.Output ?? RunOutputs.NullBytes);
            if (output.IsMissing)
            {
                return;
            }

            if (output.Fault is { } fault)
            {
                FailItem(place, item, InvalidInput(fault));
            }
            else
            {
                ItemsOf(place)[item] = StepStatus.Completed;
                _steps[place] = _steps[place] with { OutputBytes = _steps[place].OutputBytes + output.Value.Length };
                Keep(place, WorkNames.Item(_steps[place].Id, item), output.Value);
                Tell(RunEventTypes.StepCompleted, _steps[place].Id, item, _isCached ? RunEventData.Cached : null);
            }
        }

        EndItems(place);
    }

    private void FailItem(int place, int item, TaskError error)
    {
        ItemsOf(place)[item] = StepStatus.Failed;
        Tell(RunEventTypes.StepFailed, _steps[place].Id, item, RunEventData.Error(error));
        if (!_definition.Steps[place].ContinueOnFailure && _steps[place].Error is null)
        {
            _steps[place] = _steps[place] with { Error = error with { Message = TaskError.Clip($"item {item}: {error.Message}") } };
        }
    }

    /// <summary>Ends the step where nothing of it is under way or still to come; answers whether it did.</summary>
    private bool EndItems(int place)
    {
        var items = ItemsOf(place);
        if (items.CountOf(StepStatus.Running) > 0 || NextItem(place, 0) >= 0)
        {
            return false;
        }

        if (_steps[place].Error is { } error)
        {
            FailStep(place, error);
        }
        else
        {
            Arrive(place);
        }

        return true;
    }

    /// <summary>The items of a step in a value of this plan's own.</summary>
    private ItemStates ItemsOf(int place)
    {
        if (_ownItems.Add(place))
        {
            _steps[place] = _steps[place] with { Items = ItemStates.CopyOf(_steps[place].Items!) };
        }

        return (ItemStates)_steps[place].Items!;
    }
}

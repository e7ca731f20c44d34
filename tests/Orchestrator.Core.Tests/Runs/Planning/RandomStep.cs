using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Core.Tests.Runs.Planning;

/// <summary>One step of a random definition.</summary>
/// <param name="Kind">0: a decision alone, 1: a sub-run, otherwise a task.</param>
/// <param name="Needs">A bit for each step of a lower number.</param>
/// <param name="Items">How many; -1: it has none, 7: those that another step's output lists, 8: what is no array.</param>
/// <param name="If">0: always, 1: never, 2: where what it needs was completed, otherwise always.</param>
/// <param name="Reads">0: nothing, 1: the outputs of what it needs, 2: what has no value, otherwise its item.</param>
/// <param name="Asks">0: a person, without a time limit, 1: with one, after which it fails, 2: goes on; otherwise nobody.</param>
internal sealed record RandomStep(int Kind, int Needs, int Items, int ItemBound, int If, int Reads, int Asks, bool GoesOn, bool IsUndone, bool IsMapped)
{
    public static Gen<RandomStep> Any { get; } =
        from kind in Gen.Choose(0, 8)
        from needs in Gen.Choose(0, 255)
        from fewer in Gen.Choose(0, 255)
        from items in Gen.Frequency((6, Gen.Constant(-1)), (3, Gen.Choose(0, 6)), (1, Gen.Choose(7, 8)))
        from itemBound in Gen.Choose(0, 3)
        from condition in Gen.Choose(0, 9)
        from reads in Gen.Frequency((5, Gen.Constant(0)), (5, Gen.Constant(1)), (1, Gen.Constant(2)), (3, Gen.Constant(3)))
        from asks in Gen.Choose(0, 11)
        from goesOn in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
        from isUndone in Gen.Elements(true, false)
        from isMapped in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new RandomStep(kind, needs & fewer, items, itemBound, condition, reads, asks, goesOn, isUndone, isMapped);

    public StepDefinition Make(int number)
    {
        var needs = Enumerable.Range(0, Math.Min(number, 8)).Where(bit => (Needs >> bit & 1) == 1).Select(bit => $"s{bit}").ToArray();
        var first = needs.Length > 0 ? $"steps.{needs[0]}" : "run.input";
        var step = Sample.Task($"s{number}", needs);
        step = Kind switch
        {
            0 => Sample.Decision(step.Id, needs),
            1 => step with { Action = null, Run = new DefinitionName("acme", "other", "1") },
            _ => step,
        };
        step = If switch
        {
            1 => step.If("false"),
            2 when needs.Length > 0 => step.If($"{first}.status == 'completed' && {first}.output != 5"),
            _ => step,
        };
        if (Kind != 0)
        {
            step = Items switch
            {
                < 0 => step,
                7 => step.Each(needs.Length > 0 ? $"{first}.output.list" : "run.input.list", Bound),
                8 => step.Each("'x'", Bound),
                _ => step.Each($"range(0, {Items})", Bound),
            };
        }

        step = Reads switch
        {
            1 => step.Input(needs.ToDictionary(need => need, need => $"${{{{ steps.{need}.output }}}}")),
            2 => step.Input("${{ 'x' * 2 }}"),
            3 when step.Foreach is not null => step.Input("${{ item }} at ${{ index }}"),
            _ => step,
        };
        step = Asks switch
        {
            0 => step.Asks("${{ output }}?"),
            1 => step.Asks("Go on?", 3_000),
            2 => step.Asks("Go on?", 60_000, continues: true),
            _ => step,
        };
        step = IsMapped ? step.Output(new { was = "${{ output }}", first = needs.Length > 0 ? $"${{{{ {first}.output == null }}}}" : "" }) : step;
        step = IsUndone && Kind != 0 ? step.Undone(new { id = "${{ output }}" }) : step;
        return GoesOn ? step.GoesOn() : step;
    }

    public IEnumerable<RandomStep> Shrink() =>
        new[]
        {
            this with { Needs = 0 }, this with { Items = -1 }, this with { If = 0 }, this with { Reads = 0 }, this with { Asks = 9 },
            this with { GoesOn = false }, this with { IsUndone = false }, this with { IsMapped = false }, this with { Kind = 8 },
        }.Where(simpler => simpler != this);

    private int? Bound => ItemBound == 0 ? null : ItemBound;
}

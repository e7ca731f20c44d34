using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Core.Tests.Runs.Planning;

/// <summary>A random definition, and what befalls a run of it.</summary>
/// <param name="MaxStarts">How much one plan may start.</param>
/// <param name="IsReversed">Whether steps stand before those that they need.</param>
internal sealed record RandomRun(RandomStep[] Steps, RandomMove[] Moves, int MaxParallel, bool IsReversed, bool HasDeadline, int MaxStarts)
{
    public static Arbitrary<RandomRun> Runs { get; } = Arb.From(
        from steps in RandomStep.Any.NonEmptyListOf()
        from moves in RandomMove.Any.ArrayOf()
        from more in RandomMove.Any.ArrayOf()
        from maxParallel in Gen.Choose(1, 4)
        from isReversed in Gen.Elements(true, false)
        from hasDeadline in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from maxStarts in Gen.Elements(1, 2, 500)
        select new RandomRun([.. steps.Take(8)], [.. moves, .. more], maxParallel, isReversed, hasDeadline, maxStarts),
        Shrink);

    public RunDefinition Definition
    {
        get
        {
            var steps = Steps.Select((step, number) => step.Make(number)).ToList();
            if (IsReversed)
            {
                steps.Reverse();
            }

            return Sample.Run([.. steps]);
        }
    }

    public override string ToString() =>
        $"maxParallel {MaxParallel} maxStarts {MaxStarts}{(IsReversed ? " reversed" : "")}{(HasDeadline ? " deadline" : "")}\n  {string.Join("\n  ", Steps.Select((step, number) => $"s{number} {step}"))}\n  "
        + string.Join(' ', Moves.Select(move => $"({move.Kind},{move.Pick})"));

    private static IEnumerable<RandomRun> Shrink(RandomRun run)
    {
        for (var length = run.Moves.Length / 2; length > 0; length /= 2)
        {
            for (var from = 0; from + length <= run.Moves.Length; from += length)
            {
                yield return run with { Moves = [.. run.Moves.Take(from), .. run.Moves.Skip(from + length)] };
            }
        }

        for (var step = 0; step < run.Steps.Length && run.Steps.Length > 1; step++)
        {
            yield return run with { Steps = [.. run.Steps.Where((_, at) => at != step)] };
        }

        for (var step = 0; step < run.Steps.Length; step++)
        {
            foreach (var simpler in run.Steps[step].Shrink())
            {
                yield return run with { Steps = [.. run.Steps.Select((given, at) => at == step ? simpler : given)] };
            }
        }
    }
}

using FsCheck;
using FsCheck.Fluent;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>Random runs, and shorter ones of a run that failed.</summary>
internal static class OperationGenerator
{
    private static readonly Gen<OperationKind> Kind = Gen.Frequency(
        (6, Gen.Constant(OperationKind.Submit)),
        (6, Gen.Constant(OperationKind.Turn)),
        (6, Gen.Constant(OperationKind.Settle)),
        (2, Gen.Constant(OperationKind.Reap)),
        (2, Gen.Constant(OperationKind.Renew)),
        (1, Gen.Constant(OperationKind.Append)),
        (2, Gen.Constant(OperationKind.Cancel)),
        (2, Gen.Constant(OperationKind.Patch)),
        (4, Gen.Constant(OperationKind.Advance)),
        (2, Gen.Constant(OperationKind.FireDue)),
        (1, Gen.Constant(OperationKind.FailOverdue)),
        (1, Gen.Constant(OperationKind.PauseOrResume)),
        (4, Gen.Constant(OperationKind.Wake)),
        (1, Gen.Constant(OperationKind.Refuse)),
        (1, Gen.Constant(OperationKind.ChangeResources)),
        (3, Gen.Constant(OperationKind.Delegate)),
        (3, Gen.Constant(OperationKind.Await)),
        (1, Gen.Constant(OperationKind.Say)),
        (1, Gen.Constant(OperationKind.Save)),
        (3, Gen.Constant(OperationKind.Ask)),
        (2, Gen.Constant(OperationKind.Decide)),
        (1, Gen.Constant(OperationKind.Expire)));

    private static readonly Gen<Operation> One =
        from kind in Kind
        from a in Gen.Choose(0, 999)
        from b in Gen.Choose(0, 999)
        from c in Gen.Choose(0, 999)
        select new Operation(kind, a, b, c);

    public static Arbitrary<Operation[]> Runs { get; } =
        Arb.From(from length in Gen.Choose(5, 80) from run in One.ArrayOf(length) select run, Shorten);

    /// <summary>Leaves out a half, then a quarter, and so on down to single steps.</summary>
    private static IEnumerable<Operation[]> Shorten(Operation[] run)
    {
        for (var size = run.Length / 2; size > 0; size /= 2)
        {
            for (var start = 0; start + size <= run.Length; start += size)
            {
                yield return [.. run[..start], .. run[(start + size)..]];
            }
        }
    }
}

using FsCheck;
using FsCheck.Fluent;

namespace Orchestrator.Core.Tests.Runs.Planning;

/// <summary>One thing that happens to a run: which kind, of a hundred, and a number that chooses the rest.</summary>
internal sealed record RandomMove(int Kind, int Pick)
{
    public static Gen<RandomMove> Any { get; } =
        from kind in Gen.Choose(0, 99)
        from pick in Gen.Choose(0, 10_000)
        select new RandomMove(kind, pick);
}

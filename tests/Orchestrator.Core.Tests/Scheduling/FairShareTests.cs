using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Core.Scheduling;

namespace Orchestrator.Core.Tests.Scheduling;

public sealed class FairShareTests
{
    private static readonly Gen<FairShareCandidate> Candidate =
        from pass in Gen.Choose(0, 1_000)
        from weight in Gen.Choose(1, 10)
        from ready in Gen.Choose(0, 50)
        select new FairShareCandidate(pass / 10.0, weight, ready);

    private static readonly Arbitrary<(int Slots, FairShareCandidate[] Candidates)> Turns =
        (from slots in Gen.Choose(0, 200)
         from candidates in Candidate.ArrayOf()
         select (slots, candidates)).ToArbitrary();

    [Fact]
    public void Allot_NoCandidates_IsEmpty() => Assert.Empty(FairShare.Allot(5, []));

    [Fact]
    public void Allot_OneWorkspace_GetsEverythingItCanUse() =>
        Assert.Equal([7], FairShare.Allot(10, [new FairShareCandidate(3, 1, 7)]));

    [Fact]
    public void Allot_LowestPass_GoesFirst() =>
        Assert.Equal([0, 1], FairShare.Allot(1, [new FairShareCandidate(5, 1, 9), new FairShareCandidate(4, 1, 9)]));

    [Fact]
    public void Allot_AnyTurn_GrantsEveryUsableSlotAndNoMore() =>
        Prop.ForAll(Turns, turn =>
        {
            var granted = FairShare.Allot(turn.Slots, turn.Candidates);
            return granted.Sum() == Math.Min(turn.Slots, turn.Candidates.Sum(candidate => candidate.Ready))
                && granted.Zip(turn.Candidates).All(pair => pair.First >= 0 && pair.First <= pair.Second.Ready);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Allot_AnyTurn_LeavesNobodyBehindWhoCouldHaveRun() =>
        Prop.ForAll(Turns, turn =>
        {
            var granted = FairShare.Allot(turn.Slots, turn.Candidates);
            var hungry = turn.Candidates.Zip(granted).Where(pair => pair.Second < pair.First.Ready)
                .Select(pair => FairShare.Advance(pair.First.Pass, pair.Second + 1, pair.First.Weight));
            var served = turn.Candidates.Zip(granted).Where(pair => pair.Second > 0)
                .Select(pair => FairShare.Advance(pair.First.Pass, pair.Second, pair.First.Weight));
            return served.All(pass => hungry.All(next => pass <= next));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Allot_ManyTurnsOverBackloggedWorkspaces_SharesByWeightWithinOneGrant()
    {
        var arbitrary = (from weights in Gen.Choose(1, 9).NonEmptyListOf()
                         from slots in Gen.Choose(1, 17)
                         select (Weights: weights.Select(weight => (double)weight).ToArray(), slots)).ToArbitrary();

        Prop.ForAll(arbitrary, run =>
        {
            var passes = new double[run.Weights.Length];
            var total = new int[run.Weights.Length];
            for (var turn = 0; turn < 50; turn++)
            {
                var granted = FairShare.Allot(run.slots, [.. passes.Zip(run.Weights, (pass, weight) => new FairShareCandidate(pass, weight, 1_000))]);
                for (var i = 0; i < granted.Length; i++)
                {
                    total[i] += granted[i];
                    passes[i] = FairShare.Advance(passes[i], granted[i], run.Weights[i]);
                }
            }

            // Stride scheduling keeps every pair of virtual times within one grant of the lighter of the two.
            return Enumerable.Range(0, passes.Length).All(i => Enumerable.Range(0, passes.Length).All(j =>
                (total[i] / run.Weights[i]) - (total[j] / run.Weights[j]) <= Math.Max(1 / run.Weights[i], 1 / run.Weights[j]) + 1e-9));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Allot_FloodBesideANewcomer_StartsTheNewcomerInTheFirstTurn()
    {
        var flood = new FairShareCandidate(500, 1, 100_000);
        var newcomer = new FairShareCandidate(FairShare.Join(0, flood.Pass, 0, 1), 1, 1);

        Assert.Equal([3, 1], FairShare.Allot(4, [flood, newcomer]));
    }

    [Theory]
    [InlineData(3, 10, 0, 1.0, 10)]
    [InlineData(3, 10, 4, 1.0, 6)]
    [InlineData(3, 10, 4, 0.5, 3)]
    [InlineData(30, 10, 4, 1.0, 30)]
    public void Join_Workspace_GetsNoCreditForIdlingAndKeepsItsDebt(double own, double virtualTime, int credit, double weight, double joined) =>
        Assert.Equal(joined, FairShare.Join(own, virtualTime, credit, weight));

    [Theory]
    [InlineData(10, 4, 10)]
    [InlineData(10, 12, 12)]
    public void VirtualTime_AfterATurn_NeverGoesBack(double before, double highestStart, double after) =>
        Assert.Equal(after, FairShare.VirtualTime(before, highestStart));
}

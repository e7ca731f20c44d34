using Orchestrator.Core.Priorities;

namespace Orchestrator.Runtime.Priorities;

/// <summary>What came of one scoring; exactly one of the nested records.</summary>
internal abstract record ScoreVerdict
{
    private ScoreVerdict()
    {
    }

    /// <summary>The model has judged.</summary>
    public sealed record Judged(int Score) : ScoreVerdict;

    /// <summary>Another task of the same workspace and goal has been judged that asks for the same.</summary>
    public sealed record Shared(ScoreHit Hit) : ScoreVerdict;

    /// <summary>Nobody has, and the heuristic's score stays.</summary>
    public sealed record Failed(string Reason) : ScoreVerdict;
}

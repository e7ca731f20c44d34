using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Functions;

/// <param name="Body">Gets as many arguments as <paramref name="Min"/> to <paramref name="Max"/> say.</param>
internal sealed record Function(string Name, int Min, int Max, Func<Call, Value> Body)
{
    /// <summary>As many arguments as an expression has room for.</summary>
    public const int Any = int.MaxValue;
}

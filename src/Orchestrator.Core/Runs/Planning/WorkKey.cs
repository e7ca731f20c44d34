namespace Orchestrator.Core.Runs.Planning;

/// <summary>
/// One piece of work of a run, which is started at most once: <c>fetch</c>, its fourth item <c>fetch[3]</c>, its second round
/// <c>fetch#2</c> after a person had it done again, its compensation <c>fetch!</c>. It is the <c>stepId</c> of a task.
/// </summary>
/// <param name="Item">From 0; null for a step without items.</param>
/// <param name="Round">From 1.</param>
public readonly record struct WorkKey(string Step, int? Item, int Round, bool IsCompensation)
{
    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static WorkKey Parse(string text) => throw new NotImplementedException();

    public override string ToString() => throw new NotImplementedException();
}

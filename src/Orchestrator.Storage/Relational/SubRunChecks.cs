using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// Checks the inputs of the sub-runs that one transaction begins. All of them together take hardly longer than a single one may: what is not come
/// to begins in another transaction.
/// </summary>
internal sealed class SubRunChecks(RunEngine engine)
{
    private double _left = 1;

    /// <summary>Whether there is time left for inputs of this definition.</summary>
    public bool HasTimeFor(RunDefinition definition) => definition.InputSchema is null || _left > 0;

    /// <summary>What is wrong with an input; null where it fits.</summary>
    /// <exception cref="BrokenRunException">It cannot be checked.</exception>
    public string? FindMistakes(RunDefinition definition, ReadOnlyMemory<byte> input)
    {
        if (definition.InputSchema is null || engine.InputCheck is not { } check)
        {
            return null;
        }

        try
        {
            var (mistakes, cost) = check(definition, input);
            _left -= cost;
            return mistakes;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new BrokenRunException($"The input of {definition.Name} cannot be checked.", exception);
        }
    }
}

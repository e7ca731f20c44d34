namespace Orchestrator.Runtime.Runs;

/// <summary>A JSON Schema that is ready to check inputs of runs.</summary>
public interface IInputSchema
{
    /// <summary>All that is wrong with an input, which is JSON in UTF-8; null when so much is checked at the same time that it was not come to.</summary>
    Task<IReadOnlyList<InputMistake>?> CheckAsync(ReadOnlyMemory<byte> input, CancellationToken cancellationToken);

    /// <summary>The same at once, where nobody may be kept waiting.</summary>
    /// <param name="cost">How much it took, as a part of the most that a check may take.</param>
    IReadOnlyList<InputMistake> Check(ReadOnlyMemory<byte> input, out double cost);
}

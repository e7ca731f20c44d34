namespace Orchestrator.Runtime.Runs;

/// <summary>Reads the JSON Schemas that inputs of runs must follow.</summary>
public interface IInputSchemaReader
{
    /// <summary>The schema; null, and all that is wrong with it, when it is none.</summary>
    IInputSchema? Read(ReadOnlyMemory<byte> schema, out IReadOnlyList<InputMistake> mistakes);
}

using Orchestrator.Core.Runs.Definitions.Source;

namespace Orchestrator.Core.Runs.Definitions;

/// <summary>What reading a definition came to: the definition, or every mistake at once in the order of the text.</summary>
public sealed record DefinitionResult(RunDefinition? Definition, IReadOnlyList<DefinitionProblem> Problems)
{
    /// <summary>The document as compact JSON in UTF-8, whatever its format was; empty where there is no definition.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>The definitions of which steps are runs, with the JSON Pointers of their names.</summary>
    public IReadOnlyList<(DefinitionName Name, string Path)> SubRuns { get; init; } = [];

    internal SourceNode? Root { get; init; }

    /// <summary>A mistake that somebody else has found, with its place in the text as it was sent.</summary>
    /// <param name="path">A JSON Pointer; where nothing stands there, the place is that of what is nearest above it.</param>
    public DefinitionProblem ProblemAt(string path, string message)
    {
        var place = Root?.FindNearest(path).Place ?? new SourcePlace(1, 1);
        return new DefinitionProblem(path, place.Line, place.Column, message);
    }
}

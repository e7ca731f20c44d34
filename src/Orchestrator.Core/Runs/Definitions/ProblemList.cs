using Orchestrator.Core.Runs.Definitions.Source;

namespace Orchestrator.Core.Runs.Definitions;

/// <summary>The mistakes of one definition, bounded: a hostile one can hold as many as it has bytes.</summary>
public sealed class ProblemList
{
    /// <summary>How many are told.</summary>
    public const int MaxProblems = 200;

    private const int MaxPathLength = 1_000;

    private readonly List<DefinitionProblem> _problems = [];

    public bool Any => _problems.Count > 0;

    /// <summary>Whether any more are left out.</summary>
    public bool IsFull => _problems.Count >= MaxProblems;

    public void Add(string path, SourcePlace place, string message)
    {
        if (!IsFull)
        {
            _problems.Add(new DefinitionProblem(path.Length <= MaxPathLength ? path : path[..MaxPathLength], place.Line, place.Column, message));
        }
    }

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<DefinitionProblem> ToList() => [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];
}

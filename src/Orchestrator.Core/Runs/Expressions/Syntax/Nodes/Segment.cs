namespace Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

/// <summary>One further part of a path: <c>.name</c>, <c>[index]</c> or, with neither, <c>[*]</c>.</summary>
internal readonly record struct Segment(int Position, string? Name, Node? Index)
{
    public bool IsAll => Name is null && Index is null;
}

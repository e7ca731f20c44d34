using Orchestrator.Core.Runs.Expressions;

namespace Orchestrator.Core.Runs.Definitions;

/// <summary>One step of a run: an ordinary task for each item, a sub-run, or a decision of a person alone.</summary>
public sealed record StepDefinition
{
    /// <summary>A letter or <c>_</c>, then letters, digits, <c>_</c> and <c>-</c>; at most 63 characters.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it, and its tasks; null for nothing.</summary>
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The steps that must have ended before this one begins, those that its expressions read among them.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>The action of its tasks, also where the document names an agent; null for a sub-run or a decision alone.</summary>
    public string? Action { get; init; }

    /// <summary>The definition of which it is a run; null for tasks or a decision alone.</summary>
    public DefinitionName? Run { get; init; }

    /// <summary>Null for <c>null</c>.</summary>
    public Template? Input { get; init; }

    /// <summary>The step is skipped where this is false; null for always.</summary>
    public Expression? If { get; init; }

    /// <summary>One task or sub-run for each item of an array; null for one alone.</summary>
    public ForeachDefinition? Foreach { get; init; }

    /// <summary>How often a task is tried; null for the default of tasks.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>Time limit of one attempt; null for the default of tasks. Of a sub-run, its whole time.</summary>
    public int? TimeoutMs { get; init; }

    /// <summary>Whether the run goes on where the step fails: what needs it then begins and finds its error.</summary>
    public bool ContinueOnFailure { get; init; }

    /// <summary>A person decides once the step has its output; null for nobody.</summary>
    public ApprovalDefinition? Approval { get; init; }

    /// <summary>Undoes the step where it was completed and the run fails; null for nothing.</summary>
    public CompensationDefinition? Compensation { get; init; }

    /// <summary>Makes the step's output of what its work answered, which it reads as <c>output</c>; null for that itself.</summary>
    public Template? Output { get; init; }

    /// <summary>For how long an equal input to the same action is answered with the same output, in its workspace; null for not at all.</summary>
    public int? CacheSeconds { get; init; }

    /// <summary>The priority hint of its tasks; null for that of the run.</summary>
    public int? Priority { get; init; }

    public IReadOnlyList<string> Skills { get; init; } = [];

    public IReadOnlyDictionary<string, int> Resources { get; init; } = new Dictionary<string, int>();
}

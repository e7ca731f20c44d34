using System.Text.Json;

namespace Orchestrator.Core.Runs.Expressions;

/// <summary>What an expression reads.</summary>
public interface IExpressionScope
{
    /// <summary><c>run.input</c>.</summary>
    JsonElement Input { get; }

    /// <summary><c>run.id</c>.</summary>
    Guid RunId { get; }

    /// <summary><c>run.workspace</c>.</summary>
    string Workspace { get; }

    /// <summary>
    /// <c>steps.x</c>: <c>status</c> (<c>completed</c>, <c>failed</c>, <c>skipped</c>), <c>output</c> (null where there is none), <c>error.code</c> and
    /// <c>error.message</c>. Null for a step that has not ended.
    /// </summary>
    StepValue? FindStep(string step);

    /// <summary><c>item</c>, <c>index</c>, <c>output</c> where there is one; undefined elsewhere.</summary>
    JsonElement? FindVariable(string name);
}

using Orchestrator.Runtime.Steering;

namespace Orchestrator.Workers.Agents.Tools;

/// <summary>How a call of a tool went; exactly one of the nested records.</summary>
internal abstract record ToolOutcome
{
    private ToolOutcome()
    {
    }

    /// <summary>It has ended with a text for the model.</summary>
    public sealed record Answered(string Text) : ToolOutcome
    {
        /// <summary>The task that it created.</summary>
        public Guid? Created { get; init; }
    }

    /// <summary>It could not be done; the model is told why.</summary>
    public sealed record Failed(string Reason) : ToolOutcome;

    /// <summary>It ends when these tasks have ended.</summary>
    public sealed record Waits(IReadOnlyList<Guid> Tasks) : ToolOutcome;

    /// <summary>It ends when a person has answered.</summary>
    public sealed record Asks(ApprovalRequest Request) : ToolOutcome;

    /// <summary>The task ends with this result.</summary>
    /// <param name="Output">JSON in UTF-8.</param>
    public sealed record Finished(ReadOnlyMemory<byte> Output) : ToolOutcome;

    /// <summary>The task was to end with a result that does not follow the schema.</summary>
    public sealed record Unacceptable(string Reason) : ToolOutcome;
}

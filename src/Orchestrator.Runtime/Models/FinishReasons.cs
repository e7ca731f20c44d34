namespace Orchestrator.Runtime.Models;

/// <summary>Why a model ended its answer.</summary>
public static class FinishReasons
{
    /// <summary>It had said what it had to say.</summary>
    public const string Stop = "stop";

    /// <summary>The bound on its output cut it off.</summary>
    public const string Length = "length";

    /// <summary>It waits for the results of tools.</summary>
    public const string ToolCalls = "tool_calls";

    /// <summary>A filter of the provider held back what it said.</summary>
    public const string ContentFilter = "content_filter";

    /// <summary>It refused to answer; the text says why.</summary>
    public const string Refusal = "refusal";

    /// <summary>A reason that only the provider knows.</summary>
    public const string Other = "other";
}

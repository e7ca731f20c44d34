using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Steering;

/// <summary>What became of messages to a task; exactly one of the nested records.</summary>
public abstract record MessageResult
{
    private MessageResult()
    {
    }

    /// <summary>They are stored, now or by an earlier request with the same key.</summary>
    public sealed record Accepted : MessageResult;

    /// <summary>So many are not consumed yet, or such long ones, that there is no room for them.</summary>
    public sealed record Full(int Unconsumed) : MessageResult;

    /// <summary>The key was used with another request.</summary>
    public sealed record IdempotencyConflict : MessageResult;

    public sealed record TaskEnded(TaskState State) : MessageResult;

    public sealed record NotFound : MessageResult;
}

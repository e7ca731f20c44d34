using System.Text.Json.Serialization;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Tasks;

/// <summary>One reason.</summary>
public sealed record WhyReason
{
    /// <summary>
    /// <c>scheduled</c>, <c>backing_off</c>, <c>blocked_by_tasks</c>, <c>workspace_paused</c>, <c>fuse_tripped</c>, <c>unservable</c>,
    /// <c>missing_skill</c>, <c>workspace_at_limit</c>, <c>budget_reserved</c>, <c>silos_full</c>, <c>in_line</c>, <c>running</c>,
    /// <c>waiting_for_resource</c>, <c>resource_too_small</c>, <c>waiting_for_children</c>, <c>waiting_for_approval</c>,
    /// <c>waiting_for_provider</c>, <c>parked</c> or <c>ended</c>. <c>in_line</c> alone also stands for what is not looked at: slots of the action itself
    /// (<c>Actions:{action}:Concurrency</c>) that are all taken, and slots that long attempts leave free (<c>Silo:ReservedSlots</c>).
    /// </summary>
    public required string Code { get; init; }

    /// <summary>The reason in words.</summary>
    public required string Message { get; init; }

    /// <summary>When it ends by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Until { get; init; }

    /// <summary>The tasks it waits for, the first hundred where they are its children.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Guid>? BlockedBy { get; init; }

    /// <summary>The skills that it needs and no silo has; all that it needs where each is there, but not together.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Skills { get; init; }

    /// <summary>The silos that are concerned, and what each says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WhySilo>? Silos { get; init; }

    /// <summary>Which request of the task is open, from 1: the <c>number</c> of the decision.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Number { get; init; }

    /// <summary>What a person is asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Question { get; init; }

    /// <summary>What the decision is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Details { get; init; }
}

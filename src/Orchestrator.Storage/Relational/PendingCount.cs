using Orchestrator.Core.Fuses;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>A number of tasks, and how many of them are delegated.</summary>
internal readonly record struct PendingCount(long Total, long Delegated)
{
    public static PendingCount Of(IReadOnlyCollection<NewTask> tasks) => new(tasks.Count, tasks.Count(static task => task.ParentId is not null));

    public static PendingCount operator +(PendingCount left, PendingCount right) => new(left.Total + right.Total, left.Delegated + right.Delegated);

    public static PendingCount operator -(PendingCount left, PendingCount right) => new(left.Total - right.Total, left.Delegated - right.Delegated);

    public bool Covers(PendingCount other) => Total >= other.Total && (Delegated >= other.Delegated || other.Delegated == 0);

    /// <summary>The lesser of each, not below zero.</summary>
    public PendingCount AtMost(PendingCount other) =>
        new(Math.Max(0, Math.Min(Total, other.Total)), Math.Max(0, Math.Min(Delegated, other.Delegated)));

    /// <summary>What a process takes of this when it wants so much.</summary>
    public PendingCount ShareFor(PendingCount wanted) =>
        new(PendingRules.ShareOf(Total, wanted.Total), PendingRules.ShareOf(Delegated, wanted.Delegated));
}

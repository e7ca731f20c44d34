using Orchestrator.Runtime.Ids;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Runtime.Submissions;

/// <summary>Makes new tasks of ended ones.</summary>
public sealed class TaskRepetition(IIdSource ids, TimeProvider timeProvider)
{
    /// <summary>The last moment that callers may name.</summary>
    private static readonly DateTimeOffset LastDeadline = new(9998, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>An ended task as a new one. Parent and dependencies have ended, so they are not taken over.</summary>
    public NewTask Of(TaskRecord ended, ReadOnlyMemory<byte> input) => new()
    {
        Id = ids.NewTaskId(),
        Action = ended.Action,
        Name = ended.Name,
        Description = ended.Description,
        OwnerId = ended.OwnerId,
        Tags = ended.Tags,
        Input = input,
        Score = ended.Priority,
        MaxAttempts = ended.MaxAttempts,
        TimeoutMs = ended.TimeoutMs,
        DeadlineAt = Deadline(ended),
        RedriveOf = ended.Id,
        Resources = ended.Resources,
        Skills = ended.Skills,
    };

    /// <summary>As far from now as the deadline was from the creation, within the years that a timestamp may have.</summary>
    private DateTimeOffset? Deadline(TaskRecord ended)
    {
        var now = timeProvider.GetUtcNow();
        return ended.DeadlineAt - ended.CreatedAt is not { } span ? null : span < LastDeadline - now ? now + span : LastDeadline;
    }
}

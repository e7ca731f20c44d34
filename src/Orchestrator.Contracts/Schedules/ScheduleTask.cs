using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Schedules;

/// <summary>What a schedule submits at each of its times: a task as in a submission, without what holds for one time alone.</summary>
public sealed record ScheduleTask
{
    /// <summary>What kind of work it is. An action that no silo serves is accepted; the tasks then wait.</summary>
    public required string Action { get; init; }

    /// <summary>At most 200 characters; the schedule's id by default.</summary>
    public string? Name { get; init; }

    /// <summary>At most 10,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Handed to the worker byte for byte; at most 1 MiB. Lists of schedules leave it out.</summary>
    public RawJson? Input { get; init; }

    /// <summary><c>low</c> (100), <c>medium</c> (300, the default), <c>high</c> (600), or a number from 0 to 1000; answered as a number.</summary>
    public RawJson? Priority { get; init; }

    /// <summary>On whose behalf; at most 200 characters.</summary>
    public string? OwnerId { get; init; }

    /// <summary>At most 50 different tags of at most 100 characters. Each task also gets <c>schedule:{id}</c>.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>From 1 to 100; 3 by default.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>Time limit of one attempt, in milliseconds, up to a day; 120,000 by default.</summary>
    public int? TimeoutMs { get; init; }

    /// <summary>Tokens or permits by resource name; at most 50.</summary>
    public IReadOnlyDictionary<string, int>? Resources { get; init; }

    /// <summary>The skills that a worker must declare to get the task; at most 10 names of the form `[a-z0-9][a-z0-9._-]{0,62}`.</summary>
    public IReadOnlyList<string>? Skills { get; init; }
}

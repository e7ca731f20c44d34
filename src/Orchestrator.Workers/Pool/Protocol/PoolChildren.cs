using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Delegation;

namespace Orchestrator.Workers.Pool;

/// <summary>Reads the tasks that a worker process has made; their members are called as in the REST interface.</summary>
internal static class PoolChildren
{
    /// <exception cref="DelegationException">They are not of the form that is asked for.</exception>
    public static IReadOnlyList<ChildTask> Read(byte[] tasks)
    {
        try
        {
            return [.. JsonSerializer.Deserialize<IReadOnlyList<Child?>>(tasks, WorkerJson.Options)?.Select(ToTask) ?? []];
        }
        catch (JsonException exception)
        {
            var faults = InputDiagnosis.Of(tasks, typeof(IReadOnlyList<Child>), WorkerJson.Options);
            throw new DelegationException(ErrorCodes.InvalidInput, faults.Count > 0 ? string.Join(' ', faults) : InputMessage.From(exception));
        }
    }

    private static ChildTask ToTask(Child? child, int index) => child is null
        ? throw new DelegationException(ErrorCodes.InvalidInput, string.Create(CultureInfo.InvariantCulture, $"$[{index}]: must not be null."))
        : new ChildTask(child.Action, JsonMarshal.GetRawUtf8Value(child.Input).ToArray())
        {
            Key = child.Key,
            Name = child.Name,
            Description = child.Description,
            Tags = child.Tags ?? [],
            Score = ScoreOf(child.Priority),
            MaxAttempts = child.MaxAttempts ?? TaskLimits.DefaultMaxAttempts,
            TimeoutMs = child.TimeoutMs ?? TaskLimits.DefaultTimeoutMs,
            DeadlineAt = child.DeadlineAt,
            RunAt = child.RunAt,
            DependsOn = child.DependsOn ?? [],
            OnDependencyFailure = child.OnDependencyFailure switch
            {
                null or "cancel" => DependencyFailureAction.Cancel,
                "run" => DependencyFailureAction.Run,
                _ => throw new DelegationException(ErrorCodes.InvalidInput, "onDependencyFailure must be \"cancel\" or \"run\"."),
            },
            Resources = child.Resources ?? new Dictionary<string, int>(),
            Skills = child.Skills ?? [],
        };

    private static int ScoreOf(JsonElement? priority) => priority switch
    {
        null => PriorityHint.Medium,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var score) => score,
        { ValueKind: JsonValueKind.String } name when PriorityHint.Score(name.GetString()!) is { } score => score,
        _ => throw new DelegationException(ErrorCodes.InvalidInput, "priority must be \"low\", \"medium\", \"high\" or a whole number from 0 to 1000."),
    };

    private sealed record Child(string Action)
    {
        public JsonElement Input { get; init; } = JsonElement.Parse("null");

        public string? Key { get; init; }

        public string? Name { get; init; }

        public string? Description { get; init; }

        public JsonElement? Priority { get; init; }

        public int? MaxAttempts { get; init; }

        public int? TimeoutMs { get; init; }

        public DateTimeOffset? DeadlineAt { get; init; }

        public DateTimeOffset? RunAt { get; init; }

        public IReadOnlyList<Guid>? DependsOn { get; init; }

        public string? OnDependencyFailure { get; init; }

        public IReadOnlyList<string>? Tags { get; init; }

        public IReadOnlyList<string>? Skills { get; init; }

        public Dictionary<string, int>? Resources { get; init; }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Contracts.Leases;

/// <summary>A task with what its worker needs to know beyond what everybody may.</summary>
public sealed record LeasedTask : TaskResponse
{
    [JsonConstructor]
    public LeasedTask()
    {
    }

    [SetsRequiredMembers]
    public LeasedTask(TaskResponse task, RawJson? input)
        : base(task) => Input = input;

    /// <summary>What was submitted for the worker, byte for byte.</summary>
    public RawJson? Input { get; init; }

    /// <summary>What an earlier attempt left for this one with a heartbeat, byte for byte; left out when none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Checkpoint { get; init; }

    /// <summary>How often the task was parked and went on; those attempts do not count.</summary>
    public int Continuation { get; init; }
}

using System.Text.Json;

namespace Orchestrator.Workers;

/// <summary>How a worker of this process is run.</summary>
public sealed class WorkerRegistrationOptions
{
    /// <summary>How many attempts run at the same time in this process, from 1. Default: as many as the silo has slots. <c>Actions:{action}:Concurrency</c> overrides it.</summary>
    public int? Concurrency { get; set; }

    /// <summary>Bounds the attempts of a task below what the task allows, from 1. Default: no such bound.</summary>
    public int? MaxAttempts { get; set; }

    /// <summary>The provider that its attempts use: while it is ill for a workspace, tasks of that workspace wait (the fuse <c>circuitBreaker</c>). Default: none. <c>Actions:{action}:Provider</c> overrides it.</summary>
    public string? Provider { get; set; }

    /// <summary>How inputs are read and results are written. Default: <see cref="WorkerJson.Options"/>.</summary>
    public JsonSerializerOptions? Json { get; set; }
}

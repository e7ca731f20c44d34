using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Runtime.Options;

/// <summary>
/// How many tasks and sub-runs of one run may be under way at once, where its definition does not say: the second of these settings,
/// where it is set, else the first. What holds for a run is settled when it starts.
/// </summary>
public sealed class RunOptions
{
    /// <summary>What the settings are together called; they stand outside of all sections.</summary>
    public const string Section = "Runs";

    /// <summary>Where nothing else says it. Default: 1.</summary>
    [ConfigurationKeyName("ORCHESTRATION_DEFAULT_MAX_PARALLEL")]
    [Range(1, RunLimits.MaxMaxParallel)]
    public int DefaultMaxParallel { get; set; } = RunLimits.DefaultMaxParallel;

    /// <summary>For all definitions that say nothing. Default: `ORCHESTRATION_DEFAULT_MAX_PARALLEL`.</summary>
    [ConfigurationKeyName("ORCHESTRATION_MAX_CONCURRENCY")]
    [Range(1, RunLimits.MaxMaxParallel)]
    public int? MaxConcurrency { get; set; }

    /// <summary>What holds for a definition that does not say.</summary>
    public int MaxParallel => MaxConcurrency ?? DefaultMaxParallel;
}

namespace Orchestrator.Core.Runs.Definitions;

/// <summary>Bounds and defaults of runs and their definitions.</summary>
public static class RunLimits
{
    /// <summary>What holds where neither a definition nor the cluster says how much may be under way at once.</summary>
    public const int DefaultMaxParallel = 1;

    public const int MaxMaxParallel = 10_000;

    /// <summary>How many tasks and sub-runs a run and those below it start in one transaction; the others are started right after it.</summary>
    public const int MaxStartsAtOnce = 500;

    /// <summary>How many bytes the inputs of those have together, but for the last one.</summary>
    public const long MaxStartBytesAtOnce = 8 * 1024 * 1024;

    /// <summary>How many definitions may be published in the cluster, each version counted.</summary>
    public const int MaxDefinitions = 10_000;

    public const int MaxDefinitionBytes = 1024 * 1024;
    public const int MaxSteps = 500;
    public const int MaxNeeds = 100;
    public const int MaxItems = 10_000;
    public const int MaxStepIdLength = 63;
    public const int MaxVersionLength = 32;
    public const int MaxDescriptionLength = 10_000;

    /// <summary>How deep runs may stand below each other, the first one not counted.</summary>
    public const int MaxRunDepth = 8;

    /// <summary>How many sub-runs of a tree may be started at once; beyond that each run of it goes on with one at a time.</summary>
    public const int MaxRunsOfTree = 10_000;

    /// <summary>How many sub-runs one transaction begins; what more there is follows at once in others.</summary>
    public const int MaxSubRunsBegun = 200;

    public const long MaxRunTimeoutMs = 366L * 24 * 60 * 60 * 1000;
    public const int MaxCacheSeconds = 366 * 24 * 60 * 60;

    /// <summary>Of one expression.</summary>
    public const int MaxExpressionLength = 4_000;

    /// <summary>How many operations one evaluation may take.</summary>
    public const int MaxExpressionSteps = 100_000;

    /// <summary>How large an output may be that an expression reads, as where it is made of many items.</summary>
    public const int MaxStepOutputBytes = 16 * 1024 * 1024;

    /// <summary>What a template may make, as for the input of a task.</summary>
    public const int MaxValueBytes = 1024 * 1024;
}

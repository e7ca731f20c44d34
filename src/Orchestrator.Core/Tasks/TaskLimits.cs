namespace Orchestrator.Core.Tasks;

/// <summary>Bounds and defaults of what a caller may submit.</summary>
public static class TaskLimits
{
    public const int MaxInputBytes = 1024 * 1024;
    public const int MaxResultBytes = 4 * 1024 * 1024;
    public const int MaxJsonDepth = 64;
    public const int MaxBatchSize = 10_000;
    public const int MaxNameLength = 200;
    public const int MaxDescriptionLength = 10_000;
    public const int MaxOwnerIdLength = 200;
    public const int MaxTags = 50;
    public const int MaxTagLength = 100;

    /// <summary>How many skills a task may name. They stand in an index entry, which has room for some 2,700 bytes.</summary>
    public const int MaxSkills = 10;

    public const int MaxResources = 50;
    public const int MaxDependencies = 1_000;

    /// <summary>How many dependencies all tasks of one batch may have together.</summary>
    public const int MaxBatchDependencies = 100_000;

    /// <summary>How many tokens or permits of one resource a task may ask for.</summary>
    public const int MaxResourceAmount = 1_000_000;

    public const int MaxScore = 1_000;
    public const int MaxChunkLength = 64 * 1024;

    public const int DefaultMaxAttempts = 3;
    public const int MaxMaxAttempts = 100;

    public const int DefaultTimeoutMs = 120_000;
    public const int MinTimeoutMs = 1;
    public const int MaxTimeoutMs = 24 * 60 * 60 * 1000;

    /// <summary>How deep tasks may create tasks, where their workspace does not say otherwise.</summary>
    public const int MaxDelegationDepth = 5;

    public const int MaxDelegationKeyLength = 200;

    /// <summary>What a worker notes for the attempts that continue its task; a conversation with a model fits in it.</summary>
    public const int MaxCheckpointBytes = 1024 * 1024;

    /// <summary>How many messages to a task may wait for an attempt that consumes them.</summary>
    public const int MaxUnconsumedMessages = 1_000;

    /// <summary>How many characters they may have together.</summary>
    public const int MaxUnconsumedCharacters = 8 * 1024 * 1024;

    /// <summary>How many messages an attempt is told at a time; the rest follows once it has consumed these.</summary>
    public const int MaxToldMessages = 100;

    /// <summary>How many characters it is told at a time; one message is told whatever its length.</summary>
    public const int MaxToldCharacters = 1024 * 1024;

    public const int MaxMessages = 100;
    public const int MaxMessageLength = 64 * 1024;
    public const int MaxQuestionLength = 10_000;
    public const int MaxCommentLength = 10_000;

    /// <summary>What a decision is about, and what a person changed about it.</summary>
    public const int MaxApprovalBytes = 1024 * 1024;

    /// <summary>How long an answer of a person can be waited for.</summary>
    public static readonly TimeSpan MaxApprovalTime = TimeSpan.FromDays(365);

    /// <summary>How often a task may wait for children or people; each time adds to its timeline.</summary>
    public const int MaxContinuations = 1_000;

    /// <summary>How many actions of one workspace may have ready tasks at the same time; each set of skills with which one is named counts as another.</summary>
    public const int MaxReadyActions = 1_000;
}

namespace Orchestrator.Core.Runs.Definitions.Reading;

/// <summary>The members that each object of a definition may have.</summary>
internal static class Members
{
    public static readonly string[] Definition = ["$schema", "owner", "name", "version", "description", "input", "execution", "steps", "output"];

    public static readonly string[] Execution = ["concurrency", "timeoutMs"];

    public static readonly string[] Concurrency = ["maxParallel"];

    public static readonly string[] Step =
    [
        "id", "name", "description", "needs", "if", "foreach", "action", "agent", "run", "input", "output", "onFailure", "retry", "timeoutMs", "cache", "skills",
        "resources", "priority", "approval", "compensate",
    ];

    public static readonly string[] Foreach = ["items", "maxParallel"];

    public static readonly string[] Retry = ["maxAttempts"];

    public static readonly string[] Cache = ["ttlSeconds"];

    public static readonly string[] Approval = ["question", "timeoutMs", "onTimeout"];

    public static readonly string[] Compensate = ["action", "input", "retry", "timeoutMs"];
}

using Orchestrator.Contracts.Workspaces;
using Orchestrator.Gateway.Dashboard.Shared;

namespace Orchestrator.Gateway.Dashboard.Workspaces;

/// <summary>What fuses are called, and what they do as they are set.</summary>
internal static class FuseWords
{
    public static string Title(string fuse) => fuse switch
    {
        "delegationDepth" => "Delegation depth",
        "antiLoop" => "Anti-loop",
        "pendingCap" => "Pending cap",
        "circuitBreaker" => "Circuit breaker",
        "budget" => "Budget",
        _ => fuse,
    };

    public static string Rule(string fuse, WorkspaceResponse workspace) => (fuse, workspace.Fuses) switch
    {
        ("delegationDepth", { DelegationDepth: var depth }) => $"Refuses tasks that are more than {depth} deep.",
        ("antiLoop", { AntiLoop: { } loop }) =>
            $"Pauses the workspace for {Human.Seconds(loop.PauseSeconds!.Value)} when more than {Human.Counted(loop.MaxExecutions!.Value, "attempt")}{(loop.CountAll == true ? "" : " of delegated tasks")} start within {Human.Seconds(loop.WindowSeconds!.Value)}.",
        ("pendingCap", { PendingCap: { } cap }) =>
            $"Refuses submissions beyond {Human.Counted(cap.Total!.Value, "task")} not ended yet, {Human.Count(cap.Delegated!.Value)} of them delegated.",
        ("circuitBreaker", { CircuitBreaker: { } breaker }) =>
            $"Leaves a provider alone for {Human.Seconds(breaker.OpenSeconds!.Value)} after {Human.Counted(breaker.Failures!.Value, "failure")} within {Human.Seconds(breaker.WindowSeconds!.Value)}.",
        ("budget", _) when workspace.Budget is { } budget => $"Pauses the workspace when {Human.Money(budget.Limit)} is spent, and warns at 80 %.",
        ("budget", _) => "No limit is set.",
        _ => "",
    };

    /// <summary>Whether it can trip at all; the others only refuse.</summary>
    public static bool CanTrip(string fuse, WorkspaceResponse workspace) => fuse switch
    {
        "delegationDepth" => false,
        "budget" => workspace.Budget is not null,
        _ => true,
    };

    /// <summary>What closes it where no time does.</summary>
    public static string End(string fuse) => fuse switch
    {
        "budget" => "its limit is raised or somebody resets it",
        "pendingCap" => "enough of its tasks have ended or somebody resets it",
        _ => "somebody resets it",
    };

    /// <summary>What is asked before it is reset.</summary>
    public static string Question(string fuse, WorkspaceResponse workspace) => fuse switch
    {
        "budget" => "Reset the budget? What is spent is set to zero, and the workspace goes on if the budget paused it.",
        "antiLoop" => "Reset the anti-loop fuse? It begins to count anew, and the workspace goes on if the fuse paused it.",
        "circuitBreaker" => "Reset the circuit breaker? Every provider is asked again at once.",
        _ => $"Reset the fuse {Title(fuse)} of {workspace.Id}? It begins to count anew.",
    };

    public static IEnumerable<string> Tripped(WorkspaceResponse workspace) => workspace.FuseStates.Where(fuse => fuse.Value.State == "tripped").Select(fuse => fuse.Key);
}

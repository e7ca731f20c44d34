using Orchestrator.Core.Resources;
using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>A task as the model sees it.</summary>
internal sealed class ModelTask(NewTask submitted, string workspace, DateTimeOffset createdAt)
{
    public Guid Id => submitted.Id;

    public string Workspace => workspace;

    public string Lane { get; } = TaskLane.Of(submitted.Action, submitted.Skills);

    public Guid? ParentId => submitted.ParentId;

    public string? DelegationKey => submitted.DelegationKey;

    /// <summary>Whether it has ever waited for children or a person.</summary>
    public bool HasWaited { get; private set; }

    public int MaxAttempts => submitted.MaxAttempts;

    public DateTimeOffset? DeadlineAt => submitted.DeadlineAt;

    public bool RunsWithoutDependencies => submitted.OnDependencyFailure == DependencyFailureAction.Run;

    public TaskState State { get; set; }

    public int Attempt { get; set; }

    public int Depth { get; set; }

    public int Score { get; set; } = submitted.Score;

    public DateTimeOffset? RunAt { get; set; } = submitted.RunAt;

    public HashSet<Guid> WaitsFor { get; } = [];

    public Guid? Token { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The lease whose holder's settlement was the last to be accepted; a repetition of it is accepted again.</summary>
    public Guid? SettledToken { get; set; }

    /// <summary>The resource that it waits for, or was woken for.</summary>
    public string? WaitsOn { get; private set; }

    /// <summary>Since when it has waited for a resource.</summary>
    public DateTimeOffset WaitsSince { get; private set; }

    private DateTimeOffset WokenAt { get; set; }

    /// <summary>Until when its last question is open.</summary>
    public DateTimeOffset? AskedUntil { get; private set; }

    /// <summary>Whether it waits for a person.</summary>
    public bool Asks => State == TaskState.Waiting && WaitsFor.Count == 0 && WaitsOn is null;

    public int Messages { get; set; }

    /// <summary>The number of the last message that was consumed.</summary>
    public int Consumed { get; set; }

    public bool IsLive => !State.IsTerminal();

    public int AmountOf(string resource) => submitted.Resources.GetValueOrDefault(resource);

    /// <summary>Whether it was woken for a resource a moment ago.</summary>
    public bool IsKept(string resource, DateTimeOffset now) => WaitsOn == resource && WokenAt > now - ResourceLimits.KeptFor;

    /// <summary>Ends its attempt to wait for these.</summary>
    public void Await(IEnumerable<ModelTask> children)
    {
        SettledToken = Token;
        Token = null;
        Attempt--;
        HasWaited = true;
        WaitsFor.UnionWith(children.Select(child => child.Id));
        State = WaitsFor.Count > 0 ? TaskState.Waiting : TaskState.Queued;
    }

    /// <summary>Ends its attempt to ask a person.</summary>
    public void Ask(DateTimeOffset? until)
    {
        SettledToken = Token;
        Token = null;
        Attempt--;
        HasWaited = true;
        State = TaskState.Waiting;
        AskedUntil = until ?? DateTimeOffset.MaxValue;
    }

    public void Park(string resource, DateTimeOffset now)
    {
        State = TaskState.Waiting;
        WaitsOn = resource;
        WaitsSince = now;
    }

    public void Wake(string? keptOf, DateTimeOffset now)
    {
        State = TaskState.Queued;
        WaitsOn = keptOf;
        WokenAt = now;
    }

    public void Refuse(string resource, DateTimeOffset now)
    {
        SettledToken = Token;
        Token = null;
        Attempt--;
        Park(resource, now);
    }

    public void ForgetResource() => WaitsOn = null;

    /// <summary>The order among the ready tasks of a workspace.</summary>
    public (double Rank, string Id) Order => (Rank.Of(createdAt, Score), Id.ToString());
}

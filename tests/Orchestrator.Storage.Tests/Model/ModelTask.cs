using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>A task as the model sees it.</summary>
internal sealed class ModelTask(NewTask submitted, string workspace, DateTimeOffset createdAt)
{
    public Guid Id => submitted.Id;

    public string Workspace => workspace;

    public Guid? ParentId => submitted.ParentId;

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

    public bool IsLive => !State.IsTerminal();

    /// <summary>The order among the ready tasks of a workspace.</summary>
    public (double Rank, string Id) Order => (Rank.Of(createdAt, Score), Id.ToString());
}

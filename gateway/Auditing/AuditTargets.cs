using Orchestrator.Contracts.Agents;
using Orchestrator.Contracts.Definitions;
using Orchestrator.Contracts.Keys;
using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Schedules;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Contracts.Webhooks;
using Orchestrator.Contracts.Workspaces;
using Orchestrator.Core.Naming;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Schedules;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Webhooks;

namespace Orchestrator.Gateway.Auditing;

/// <summary>Finds what changes are made to, and in which workspace that is, whoever may see it.</summary>
internal sealed class AuditTargets(ITaskReader tasks, IRunStore runs, IScheduleStore schedules, IWebhookStore webhooks)
{
    /// <summary>What a request is about to change. It is looked at before: afterwards it may be gone.</summary>
    public async Task<AuditTarget> FindAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var target = AuditTarget.Of(http);
        return target.Workspace is null && target.Id?.Split('/')[0] is { } id
            ? target with { Workspace = await FindWorkspaceAsync(target.Kind, id, cancellationToken) }
            : target;
    }

    /// <summary>The same once there is an answer: what the request made has an id by then.</summary>
    public static AuditTarget Complete(AuditTarget target, object? answer)
    {
        var (id, workspace) = answer switch
        {
            TaskResponse task => (task.Id.ToString(), task.Workspace),
            RunResponse run => (run.Id.ToString(), run.Workspace),
            WorkspaceResponse made => (made.Id, made.Id),
            ScheduleResponse schedule => (schedule.Id, schedule.Workspace),
            WebhookResponse webhook => (webhook.Id.ToString(), webhook.Workspace),
            BulkResponse bulk => ($"bulk/{bulk.Id}", bulk.Filter.Workspace),
            KeyResponse key => (key.Name, key.Workspaces is [var only] ? only : null),
            AgentResponse agent => (agent.Name, null),
            DefinitionResponse definition => (definition.Id, null),
            _ => ((string?)null, (string?)null),
        };
        return target with { Id = target.Id ?? id, Workspace = target.Workspace ?? workspace };
    }

    private async Task<string?> FindWorkspaceAsync(string kind, string id, CancellationToken cancellationToken) => kind switch
    {
        "tasks" when Guid.TryParseExact(id, "D", out var task) => (await tasks.FindAsync(task, cancellationToken))?.Workspace,
        "runs" when Guid.TryParseExact(id, "D", out var run) => (await runs.FindAsync(run, cancellationToken))?.Workspace,
        "webhooks" when Guid.TryParseExact(id, "D", out var webhook) => (await webhooks.FindAsync(webhook, cancellationToken))?.Workspace,
        "schedules" when ResourceName.IsValid(id) => (await schedules.FindAsync(id, cancellationToken))?.Workspace,
        _ => null,
    };
}

using System.Text.Json;
using Microsoft.Extensions.Options;
using Orchestrator.Core.Naming;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Problems;
using Orchestrator.Hosting;
using Orchestrator.Runtime.Ids;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Requests;

/// <summary>Turns bodies into tasks to store.</summary>
internal sealed class SubmissionReader(IIdSource ids, TimeProvider timeProvider, IOptions<ActionsOptions> actions)
{
    public const string GenerationPrefix = "generation.";

    /// <summary>Reads the body of a single submission.</summary>
    public NewTask ReadTask(JsonElement body, FieldErrors errors)
    {
        var fields = OpenBody(body, errors);
        var action = TaskReader.Action(fields);
        return Finish(fields, action);
    }

    /// <summary>Reads the body of <c>POST /generation/{action}</c>.</summary>
    public (string Workspace, NewTask Task) ReadGeneration(string actionPart, JsonElement body, FieldErrors errors)
    {
        var fields = OpenBody(body, errors);
        var action = GenerationPrefix + actionPart;
        if (!ResourceName.IsValid(actionPart) || !ResourceName.IsValid(action))
        {
            errors.Malformed("/action", $"must be such that {GenerationPrefix}{{action}} is of the form {ResourceName.Pattern}.");
        }

        var workspace = TaskReader.Name(fields, "workspace");
        if (!fields.Has("input"))
        {
            errors.Malformed(fields.At("input"), "is required.");
        }

        return (workspace ?? IWorkspaceStore.DefaultWorkspace, Finish(fields, action));
    }

    /// <summary>Reads a batch; the tasks stand in the order of the request.</summary>
    public IReadOnlyList<NewTask> ReadBatch(JsonElement body, FieldErrors errors)
    {
        var envelope = OpenBody(body, errors);
        envelope.Require("tasks");
        var entries = envelope.Array("tasks", TaskLimits.MaxBatchSize, minItems: 1);
        envelope.RefuseUnknown();
        if (entries is null)
        {
            errors.ThrowIfAny();
            return [];
        }

        var now = timeProvider.GetUtcNow();
        var batch = new BatchDependencies(errors);
        var tasks = new NewTask?[entries.Count];
        for (var i = 0; i < entries.Count; i++)
        {
            var id = ids.NewTaskId();
            var item = ObjectReader.Open(entries[i].Value, entries[i].Pointer, errors);
            batch.Add(id, item);
            if (item is not null)
            {
                var action = TaskReader.Action(item);
                tasks[i] = TaskReader.Read(item, id, action, actions.Value.DefaultsOf(action), now);
                item.RefuseUnknown();
            }
        }

        var dependencies = batch.Resolve();
        errors.ThrowIfAny();
        return [.. tasks.Select((task, i) => task! with { DependsOn = dependencies[i] })];
    }

    /// <summary>Reads what every fire of a schedule submits; the tasks get ids of their own then.</summary>
    public NewTask ReadTemplate(ObjectReader fields)
    {
        var action = TaskReader.Action(fields);
        var task = TaskReader.ReadTemplate(fields, Guid.Empty, action, actions.Value.DefaultsOf(action));
        fields.RefuseUnknown();
        return task;
    }

    private static ObjectReader OpenBody(JsonElement body, FieldErrors errors)
    {
        if (ObjectReader.Open(body, JsonPointer.Root, errors) is { } reader)
        {
            return reader;
        }

        throw new ProblemException(errors.ToProblem());
    }

    private NewTask Finish(ObjectReader fields, string action)
    {
        var task = TaskReader.Read(fields, ids.NewTaskId(), action, actions.Value.DefaultsOf(action), timeProvider.GetUtcNow()) with
        {
            DependsOn = ReadDependencies(fields),
        };
        fields.RefuseUnknown();
        fields.Errors.ThrowIfAny();
        return task;
    }

    private static List<Guid> ReadDependencies(ObjectReader fields)
    {
        var dependencies = new List<Guid>();
        foreach (var (value, pointer) in fields.Array("dependsOn", TaskLimits.MaxDependencies) ?? [])
        {
            if (value.ValueKind != JsonValueKind.String || !Guid.TryParseExact(value.GetString(), "D", out var id))
            {
                fields.Errors.Malformed(pointer, "must be the id of a task, a UUID.");
            }
            else if (dependencies.Contains(id))
            {
                fields.Errors.Malformed(pointer, "is there twice.");
            }
            else
            {
                dependencies.Add(id);
            }
        }

        return dependencies;
    }
}

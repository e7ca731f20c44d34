using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Ids;
using Orchestrator.Storage.Bulk;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads the body of <c>POST /tasks/bulk</c>.</summary>
internal sealed class BulkReader(IIdSource ids, IWorkspaceStore workspaces)
{
    public async Task<BulkOperation> ReadAsync(JsonElement body, CallerContext caller, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (ObjectReader.Open(body, JsonPointer.Root, errors) is not { } fields)
        {
            errors.ThrowIfAny();
            throw new InvalidOperationException("A body that is no object has no error.");
        }

        fields.Require("operation");
        fields.Require("filter");
        var kind = ReadKind(fields);
        var filter = ReadFilter(fields);
        var dryRun = fields.Flag("dryRun") ?? false;
        var target = TaskReader.Name(fields, "workspace");
        fields.RefuseUnknown();
        CheckTarget(fields, kind, filter, target);
        await CheckWorkspaceAsync(filter?.Workspace, JsonPointer.Append(fields.At("filter"), "workspace"));
        await CheckWorkspaceAsync(target, fields.At("workspace"));
        errors.ThrowIfAny();
        return new BulkOperation { Id = ids.NewTaskId(), Kind = kind!.Value, Filter = filter!, DryRun = dryRun, Target = target };

        async Task CheckWorkspaceAsync(string? workspace, string pointer)
        {
            if (workspace is { Length: > 0 } && !errors.Has(pointer)
                && !(caller.Sees(workspace) && await workspaces.FindAsync(workspace, cancellationToken) is not null))
            {
                errors.Unprocessable(pointer, "is no workspace.");
            }
        }
    }

    private static BulkKind? ReadKind(ObjectReader fields)
    {
        if (fields.Text("operation", int.MaxValue, minLength: 0) is not { } text)
        {
            return null;
        }

        var kind = BulkKindNames.Parse(text);
        if (kind is null)
        {
            fields.Errors.Malformed(fields.At("operation"), "must be cancel, retry or move.");
        }

        return kind;
    }

    private static BulkFilter? ReadFilter(ObjectReader fields)
    {
        if (fields.Find("filter") is not { ValueKind: not JsonValueKind.Null } value
            || ObjectReader.Open(value, fields.At("filter"), fields.Errors) is not { } filter)
        {
            return null;
        }

        filter.Require("workspace");
        var read = new BulkFilter(TaskReader.Name(filter, "workspace") ?? "")
        {
            State = ReadState(filter),
            Action = TaskReader.Name(filter, "action"),
            Tag = filter.Text("tag", TaskLimits.MaxTagLength),
            ParentId = filter.Id("parentId"),
            CreatedAfter = filter.Timestamp("createdAfter"),
            CreatedBefore = filter.Timestamp("createdBefore"),
        };
        filter.RefuseUnknown();
        return read;
    }

    private static TaskState? ReadState(ObjectReader filter)
    {
        if (filter.Text("status", int.MaxValue, minLength: 0) is not { } text)
        {
            return null;
        }

        if (TaskStateNames.TryParse(text, out var state))
        {
            return state;
        }

        filter.Errors.Malformed(filter.At("status"), $"must be one of {string.Join(", ", QueryParameters.Status.Values!)}.");
        return null;
    }

    private static void CheckTarget(ObjectReader fields, BulkKind? kind, BulkFilter? filter, string? target)
    {
        if (kind == BulkKind.Move)
        {
            fields.Require("workspace");
            if (target is not null && target == filter?.Workspace)
            {
                fields.Errors.Malformed(fields.At("workspace"), "is where the tasks are.");
            }
        }
        else if (kind is not null && fields.Has("workspace") && !fields.IsNull("workspace"))
        {
            fields.Errors.Malformed(fields.At("workspace"), "goes with move; the workspace of the tasks stands in the filter.");
        }
    }
}

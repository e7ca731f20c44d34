using System.Text.Json;
using Orchestrator.Core.Fuses;
using Orchestrator.Core.Workspaces;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads the bodies of the workspace endpoints.</summary>
internal sealed class WorkspaceReader(TimeProvider timeProvider)
{
    public static WorkspaceRecord ReadNew(JsonElement body)
    {
        var errors = new FieldErrors();
        var fields = Open(body, errors);
        fields.Require("id");
        var workspace = new WorkspaceRecord
        {
            Id = TaskReader.Name(fields, "id") ?? "",
            Name = fields.Text("name", WorkspaceLimits.MaxNameLength),
            Goal = fields.Text("goal", WorkspaceLimits.MaxGoalLength, minLength: 0),
            Weight = Weight(fields) ?? 1,
            MaxParallel = MaxParallel(fields),
            Maintenance = fields.Flag("maintenance") ?? false,
            Fuses = FuseReader.ReadFuses(fields)(FuseSettings.Default),
            BudgetLimit = FuseReader.ReadBudget(fields)(null),
        };
        fields.RefuseUnknown();
        errors.ThrowIfAny();
        return workspace;
    }

    /// <summary>What the body makes of a workspace; null clears what may be empty.</summary>
    public static Func<WorkspaceRecord, WorkspaceRecord> ReadPatch(JsonElement body)
    {
        var errors = new FieldErrors();
        var fields = Open(body, errors);
        var name = fields.Text("name", WorkspaceLimits.MaxNameLength);
        var goal = fields.Text("goal", WorkspaceLimits.MaxGoalLength, minLength: 0);
        var weight = Weight(fields);
        var maxParallel = MaxParallel(fields);
        var maintenance = fields.Flag("maintenance");
        var fuses = FuseReader.ReadFuses(fields);
        var budget = FuseReader.ReadBudget(fields);
        var (hasName, hasGoal, hasMaxParallel) = (fields.Has("name"), fields.Has("goal"), fields.Has("maxParallel"));
        fields.RefuseNull("weight");
        fields.RefuseNull("maintenance");
        fields.RefuseUnknown();
        errors.ThrowIfAny();
        return workspace => workspace with
        {
            Name = hasName ? name : workspace.Name,
            Goal = hasGoal ? goal : workspace.Goal,
            Weight = weight ?? workspace.Weight,
            MaxParallel = hasMaxParallel ? maxParallel : workspace.MaxParallel,
            Maintenance = maintenance ?? workspace.Maintenance,
            Fuses = fuses(workspace.Fuses),
            BudgetLimit = budget(workspace.BudgetLimit),
        };
    }

    /// <summary>When the pause ends by itself; null when it does not.</summary>
    public DateTimeOffset? ReadPause(JsonElement body)
    {
        var errors = new FieldErrors();
        var fields = Open(body, errors);
        var now = timeProvider.GetUtcNow();
        var seconds = fields.Integer("forSeconds", 1, WorkspaceLimits.MaxPauseSeconds);
        var until = fields.Timestamp("until");
        fields.RefuseUnknown();
        if (seconds is not null && until is not null)
        {
            errors.Malformed(fields.At("until"), "must not stand beside forSeconds.");
        }

        if (until <= now)
        {
            errors.Unprocessable(fields.At("until"), "must be in the future.");
        }

        errors.ThrowIfAny();
        return seconds is { } duration ? now.AddSeconds(duration) : until;
    }

    private static double? Weight(ObjectReader fields) => fields.Number("weight", WorkspaceLimits.MinWeight, WorkspaceLimits.MaxWeight);

    private static int? MaxParallel(ObjectReader fields) => fields.Integer("maxParallel", 1, WorkspaceLimits.MaxMaxParallel);

    private static ObjectReader Open(JsonElement body, FieldErrors errors)
    {
        var fields = ObjectReader.Open(body, JsonPointer.Root, errors);
        errors.ThrowIfAny();
        return fields!;
    }
}

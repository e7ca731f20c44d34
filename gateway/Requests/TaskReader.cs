using System.Text.Json;
using Orchestrator.Core.Naming;
using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads the members that every submission may have, all but <c>dependsOn</c>.</summary>
internal static class TaskReader
{
    /// <param name="fields">The task's object; the caller refuses unknown members once it has read its own.</param>
    /// <param name="id">The id the task will have.</param>
    /// <param name="action">Its action, already checked.</param>
    /// <param name="defaults">What a task of its action has where it does not say it.</param>
    /// <param name="now">What counts as the present.</param>
    public static NewTask Read(ObjectReader fields, Guid id, string action, TaskDefaults defaults, DateTimeOffset now)
    {
        var task = ReadTemplate(fields, id, action, defaults) with
        {
            DeadlineAt = Deadline(fields, now),
            RunAt = fields.Timestamp("runAt"),
            ParentId = fields.Id("parentId"),
            OnDependencyFailure = OnDependencyFailure(fields),
        };

        if (task.RunAt >= task.DeadlineAt && task.DeadlineAt > now)
        {
            fields.Errors.Unprocessable(fields.At("runAt"), "is not before deadlineAt, so the task could never run.");
        }

        return task;
    }

    /// <summary>Reads the members that hold for every task made from them, at whatever time.</summary>
    public static NewTask ReadTemplate(ObjectReader fields, Guid id, string action, TaskDefaults defaults)
    {
        var task = new NewTask
        {
            Id = id,
            Action = action,
            Name = fields.Text("name", TaskLimits.MaxNameLength),
            Description = fields.Text("description", TaskLimits.MaxDescriptionLength, minLength: 0),
            OwnerId = fields.Text("ownerId", TaskLimits.MaxOwnerIdLength),
            Tags = fields.Texts("tags", TaskLimits.MaxTags, TaskLimits.MaxTagLength) ?? [],
            Score = Priority(fields) ?? PriorityHint.Medium,
            MaxAttempts = fields.Integer("maxAttempts", 1, TaskLimits.MaxMaxAttempts) ?? TaskLimits.DefaultMaxAttempts,
            TimeoutMs = fields.Integer("timeoutMs", TaskLimits.MinTimeoutMs, TaskLimits.MaxTimeoutMs) ?? defaults.TimeoutMs,
            Resources = defaults.NeedsBeside(Resources(fields)),
            Skills = Skills(fields),
        };

        return fields.Raw("input", TaskLimits.MaxInputBytes) is { } input ? task with { Input = input } : task;
    }

    /// <summary>The action as callers name it; empty, and an error, when it is left out or of another form.</summary>
    public static string Action(ObjectReader fields)
    {
        fields.Require("action");
        return Name(fields, "action") ?? "";
    }

    /// <summary>A member of the form of ids that callers choose.</summary>
    public static string? Name(ObjectReader fields, string member)
    {
        if (fields.Text(member, int.MaxValue, minLength: 0) is not { } name)
        {
            return null;
        }

        if (ResourceName.IsValid(name))
        {
            return name;
        }

        fields.Errors.Malformed(fields.At(member), $"must be of the form {ResourceName.Pattern}.");
        return null;
    }

    public static int? Priority(ObjectReader fields)
    {
        if (fields.Find("priority") is not { ValueKind: not JsonValueKind.Null } value)
        {
            return null;
        }

        var score = value.ValueKind switch
        {
            JsonValueKind.String => PriorityHint.Score(value.GetString()!),
            JsonValueKind.Number when value.TryGetInt32(out var number) && number is >= 0 and <= TaskLimits.MaxScore => number,
            _ => null,
        };

        if (score is null)
        {
            fields.Errors.Malformed(fields.At("priority"), $"must be low, medium, high, or a whole number from 0 to {TaskLimits.MaxScore}.");
        }

        return score;
    }

    private static DateTimeOffset? Deadline(ObjectReader fields, DateTimeOffset now)
    {
        var deadline = fields.Timestamp("deadlineAt");
        if (deadline <= now)
        {
            fields.Errors.Unprocessable(fields.At("deadlineAt"), "must be in the future.");
        }

        return deadline;
    }

    private static DependencyFailureAction OnDependencyFailure(ObjectReader fields)
    {
        switch (fields.Text("onDependencyFailure", int.MaxValue, minLength: 0))
        {
            case null or "cancel":
                return DependencyFailureAction.Cancel;
            case "run":
                return DependencyFailureAction.Run;
            default:
                fields.Errors.Malformed(fields.At("onDependencyFailure"), "must be cancel or run.");
                return DependencyFailureAction.Cancel;
        }
    }

    private static List<string> Skills(ObjectReader fields)
    {
        var skills = new List<string>();
        foreach (var (value, pointer) in fields.Array("skills", TaskLimits.MaxSkills) ?? [])
        {
            if (fields.CheckText(value, pointer, int.MaxValue, 0) is not { } skill)
            {
                continue;
            }

            if (!ResourceName.IsValid(skill))
            {
                fields.Errors.Malformed(pointer, $"is no skill: a name is of the form {ResourceName.Pattern}.");
            }
            else if (skills.Contains(skill))
            {
                fields.Errors.Malformed(pointer, "is there twice.");
            }

            skills.Add(skill);
        }

        return skills;
    }

    private static Dictionary<string, int> Resources(ObjectReader fields)
    {
        var amounts = new Dictionary<string, int>(StringComparer.Ordinal);
        if (fields.Find("resources") is not { ValueKind: not JsonValueKind.Null } value
            || ObjectReader.Open(value, fields.At("resources"), fields.Errors) is not { } resources)
        {
            return amounts;
        }

        if (value.GetPropertyCount() > TaskLimits.MaxResources)
        {
            fields.Errors.Malformed(resources.Pointer, $"must have at most {TaskLimits.MaxResources} entries.");
            return amounts;
        }

        foreach (var name in value.EnumerateObject().Select(property => property.Name))
        {
            if (!ResourceName.IsValid(name))
            {
                fields.Errors.Malformed(resources.At(name), $"is no resource: a name is of the form {ResourceName.Pattern}.");
            }

            resources.Require(name);
            amounts[name] = resources.Integer(name, 1, TaskLimits.MaxResourceAmount) ?? 0;
        }

        return amounts;
    }
}

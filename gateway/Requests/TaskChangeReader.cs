using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads what callers change about tasks that exist.</summary>
internal static class TaskChangeReader
{
    public static TaskPatch ReadPatch(JsonElement body, FieldErrors errors)
    {
        if (ObjectReader.Open(body, JsonPointer.Root, errors) is not { } fields)
        {
            errors.ThrowIfAny();
            return new TaskPatch();
        }

        var patch = new TaskPatch
        {
            Score = TaskReader.Priority(fields),
            RunAt = fields.Timestamp("runAt"),
            Tags = fields.Texts("tags", TaskLimits.MaxTags, TaskLimits.MaxTagLength),
            Input = fields.Raw("input", TaskLimits.MaxInputBytes),
        };
        fields.RefuseNull("priority", "runAt", "tags");
        fields.RefuseUnknown();
        if (body.GetPropertyCount() == 0)
        {
            errors.Malformed(JsonPointer.Root, "names no change; known are priority, runAt, tags, input.");
        }

        errors.ThrowIfAny();
        return patch;
    }

    /// <summary>The other input, or null when the old one is to be used.</summary>
    public static ReadOnlyMemory<byte>? ReadRetry(JsonElement? body, FieldErrors errors)
    {
        ReadOnlyMemory<byte>? input = null;
        if (body is { } changes && ObjectReader.Open(changes, JsonPointer.Root, errors) is { } fields)
        {
            input = fields.Raw("input", TaskLimits.MaxInputBytes);
            fields.RefuseUnknown();
        }

        errors.ThrowIfAny();
        return input;
    }
}

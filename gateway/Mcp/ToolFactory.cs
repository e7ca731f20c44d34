using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Orchestrator.Gateway.Mcp;

/// <summary>Makes what agents see of tools.</summary>
internal static class ToolFactory
{
    /// <summary>Members that several tools have.</summary>
    public const string OfTask = """
        "task": {"type": "string", "format": "uuid", "description": "Id of the task, as submit_task and list_tasks answer it."}
        """;

    public const string Workspace = """
        "workspace": {"type": "string", "description": "Id of the workspace; \"default\" always exists, list_workspaces lists them all."}
        """;

    public const string IdempotencyKey = """
        "idempotencyKey": {"type": "string", "minLength": 1, "maxLength": 255, "description": "Makes the call safe to repeat: the same key with the same arguments has its effect once, for a day. A new key for each new thing."}
        """;

    public const string Limit = """
        "limit": {"type": "integer", "minimum": 1, "maximum": 500, "description": "How many to answer at most; 20 if left out."}
        """;

    public const string Cursor = """
        "cursor": {"type": "string", "description": "The nextCursor of an answer before, to go on from there with the same filters."}
        """;

    public const string TaskAnswer = """
        {"type": "object", "required": ["id", "status"], "properties": {
          "id": {"type": "string"},
          "status": {"type": "string", "description": "scheduled, blocked, queued, processing, waiting; or ended: completed, failed, cancelled. expired: the task of a repeated key is gone."},
          "waitingFor": {"type": ["string", "null"], "description": "While waiting: approval, children, external, resource or provider."},
          "workspace": {"type": "string"}, "action": {"type": "string"},
          "result": {"description": "What the worker answered, once completed."},
          "error": {"type": ["object", "null"], "description": "Why it failed: code, message, retryable."},
          "progress": {"type": ["object", "null"], "description": "What the running attempt last reported: fraction, message."}}}
        """;

    /// <param name="properties">The arguments, as members of <c>properties</c>.</param>
    /// <param name="required">The names of those that must be there, in quotation marks and with commas.</param>
    public static Tool Make(string name, string title, string description, string properties, string required, ToolAnnotations annotations, string output) => new()
    {
        Name = name,
        Title = title,
        Description = description,
        InputSchema = Parse($$"""{"type": "object", "properties": { {{properties}} }, "required": [{{required}}], "additionalProperties": false}"""),
        OutputSchema = Parse(output),
        Annotations = annotations,
    };

    public static string PageOf(string item) =>
        $$"""{"type": "object", "required": ["items", "nextCursor"], "properties": {"items": {"type": "array", "items": {{item}} }, "nextCursor": {"type": ["string", "null"]} } }""";

    public static ToolAnnotations Reads() => new() { ReadOnlyHint = true, IdempotentHint = true, OpenWorldHint = false };

    public static ToolAnnotations Changes(bool destroys, bool idempotent = false) =>
        new() { ReadOnlyHint = false, DestructiveHint = destroys, IdempotentHint = idempotent, OpenWorldHint = false };

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}

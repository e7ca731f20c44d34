using static Orchestrator.Gateway.Mcp.ToolFactory;

namespace Orchestrator.Gateway.Mcp;

/// <summary>Tools that submit tasks and follow them.</summary>
internal static class WorkTools
{
    internal static readonly Dictionary<string, string> FewEntries = new(StringComparer.Ordinal) { ["limit"] = "20" };

    public static IReadOnlyList<ToolDefinition> All { get; } =
    [
        new(
            Make(
                "submit_task",
                "Submit a task",
                "Submits a task that a worker executes: durable once it is answered. Answers the task as it stands, with its result if `wait` was given and it ended in time. list_actions says which actions there are.",
                $$"""
                {{Workspace}},
                "action": {"type": "string", "description": "What kind of work, such as generation.text; see list_actions. An action that nobody serves is accepted, and the task then waits."},
                "input": {"description": "What the worker gets: any JSON, usually an object; what it must hold is the action's affair. At most 1 MiB."},
                "priority": {"description": "low, medium (the default), high, or a number from 0 to 1000. More important tasks of the workspace run first.", "type": ["string", "integer"]},
                "name": {"type": "string", "maxLength": 200, "description": "For people: what this task is."},
                "description": {"type": "string", "maxLength": 10000},
                "tags": {"type": "array", "maxItems": 50, "items": {"type": "string", "minLength": 1, "maxLength": 100}, "description": "To find it again with list_tasks."},
                "skills": {"type": "array", "maxItems": 10, "items": {"type": "string"}, "description": "Skills that its worker must have; list_actions shows them."},
                "dependsOn": {"type": "array", "items": {"type": "string", "format": "uuid"}, "description": "Tasks of the same workspace that must end first."},
                "parentId": {"type": "string", "format": "uuid", "description": "The task on whose behalf it is submitted; cancelling that one cancels this one."},
                "runAt": {"type": "string", "format": "date-time", "description": "Not before this moment (RFC 3339)."},
                "deadlineAt": {"type": "string", "format": "date-time", "description": "Fails the task if it has not ended by then."},
                "timeoutMs": {"type": "integer", "minimum": 1, "description": "Time limit of one attempt; 120000 by default."},
                "maxAttempts": {"type": "integer", "minimum": 1, "maximum": 100, "description": "3 by default."},
                {{WaitFor("how long to wait for its end before answering; 0 by default")}},
                {{IdempotencyKey}}
                """,
                "\"workspace\", \"action\"",
                Changes(destroys: false),
                TaskAnswer),
            HttpMethods.Post,
            "/workspaces/{workspace}/tasks") { Submits = true, HasBody = true },
        new(
            Make(
                "get_task",
                "Look at a task",
                "Answers a task as it stands: status, progress, result or error, usage, and its place in the queue while it is queued.",
                OfTask,
                "\"task\"",
                Reads(),
                TaskAnswer),
            HttpMethods.Get,
            "/tasks/{task}") { QueryDefaults = new Dictionary<string, string> { ["position"] = "true" } },
        new(
            Make(
                "wait_for_task",
                "Wait for a task to end",
                "Answers when the task has ended, or as it stands when the time is up; then look at why_not_running, or call again. It waits without polling.",
                $"{OfTask},\n{WaitFor("how long to wait at most; 30 by default")}",
                "\"task\"",
                Reads(),
                TaskAnswer),
            HttpMethods.Get,
            "/tasks/{task}") { Query = ["wait"], QueryDefaults = new Dictionary<string, string> { ["wait"] = "30" } },
        new(
            Make(
                "list_tasks",
                "List tasks",
                "Lists the tasks of a workspace, newest first, without their results.",
                $$"""
                {{Workspace}},
                "status": {"type": "string", "enum": ["scheduled", "blocked", "queued", "processing", "waiting", "completed", "failed", "cancelled"]},
                "action": {"type": "string"},
                "tag": {"type": "string"},
                "parentId": {"type": "string", "format": "uuid", "description": "Only tasks that this task created."},
                "createdAfter": {"type": "string", "format": "date-time"},
                {{Limit}},
                {{Cursor}}
                """,
                "\"workspace\"",
                Reads(),
                PageOf(TaskAnswer)),
            HttpMethods.Get,
            "/workspaces/{workspace}/tasks")
        { Query = ["status", "action", "tag", "parentId", "createdAfter", "limit", "cursor"], QueryDefaults = FewEntries },
        new(
            Make(
                "task_events",
                "Read a task's history",
                "Lists what happened to a task, in order: its states, progress, pieces of output (task.chunk), messages, what it asks a person (task.waiting). To read what is new, give `after` the last seq that was seen.",
                $$"""{{OfTask}}, "after": {"type": "integer", "minimum": 0, "description": "Only events with a greater seq."}, {{Limit}}, {{Cursor}}""",
                "\"task\"",
                Reads(),
                PageOf("""{"type": "object", "required": ["seq", "type"], "properties": {"seq": {"type": "integer"}, "type": {"type": "string"}, "at": {"type": "string"}, "attempt": {"type": "integer"}, "data": {}}}""")),
            HttpMethods.Get,
            "/tasks/{task}/events") { Query = ["after", "limit", "cursor"], QueryDefaults = FewEntries },
        new(
            Make(
                "why_not_running",
                "Say why a task is not running",
                "Says where a task is and what it waits for: a place in line, a limit, a fuse, a resource, a worker or skill that nobody offers, other tasks, a person. `message` is the whole answer in words.",
                OfTask,
                "\"task\"",
                Reads(),
                """{"type": "object", "required": ["id", "status", "code", "message", "reasons"], "properties": {"id": {"type": "string"}, "status": {"type": "string"}, "code": {"type": "string"}, "message": {"type": "string"}, "reasons": {"type": "array", "items": {"type": "object"}}}}"""),
            HttpMethods.Get,
            "/tasks/{task}/why"),
    ];

    internal static string WaitFor(string what) => $$"""
        "wait": {"type": "integer", "minimum": 0, "maximum": 60, "description": "Seconds: {{what}}. Keep it below your own time limit for calls."}
        """;
}

using static Orchestrator.Gateway.Mcp.ToolFactory;

namespace Orchestrator.Gateway.Mcp;

/// <summary>Tools that act on tasks that are there.</summary>
internal static class SteeringTools
{
    public static IReadOnlyList<ToolDefinition> All { get; } =
    [
        new(
            Make(
                "send_message",
                "Say something to a running task",
                "Sends messages to a task that has not ended. Its worker reads them between its steps, in order, each once; what does not read messages ignores them. It wakes nothing that waits.",
                $$"""
                {{OfTask}},
                "messages": {"type": "array", "minItems": 1, "maxItems": 100, "items": {"type": "object", "additionalProperties": false, "required": ["role", "content"], "properties": {
                  "role": {"type": "string", "enum": ["user", "system"]}, "content": {"type": "string", "minLength": 1, "maxLength": 65536} } } },
                {{IdempotencyKey}}
                """,
                "\"task\", \"messages\"",
                Changes(destroys: false),
                """{"type": "object", "required": ["accepted"], "properties": {"accepted": {"type": "integer"}}}"""),
            HttpMethods.Post,
            "/tasks/{task}/messages") { TakesKey = true, HasBody = true },
        new(
            Make(
                "approve_task",
                "Decide what a task asks",
                "Answers a task that waits for approval (status waiting, waitingFor approval): why_not_running shows the question and its number. A request is answered once. Decide only what you were told to decide.",
                $$"""
                {{OfTask}},
                "decision": {"type": "string", "enum": ["approve", "reject", "continue", "retry", "abort"], "description": "abort fails the task; with every other decision its worker goes on and hears it."},
                "number": {"type": "integer", "minimum": 1, "description": "Which request is answered, as why_not_running and task_events say it. Give it always: the call is refused if the task asks something else by then."},
                "edits": {"type": "object", "description": "What the worker is to take instead of what it proposed."},
                "comment": {"type": "string", "maxLength": 10000, "description": "For the worker, and for the history."}
                """,
                "\"task\", \"decision\"",
                Changes(destroys: true),
                TaskAnswer),
            HttpMethods.Post,
            "/tasks/{task}/approve") { HasBody = true },
        new(
            Make(
                "cancel_task",
                "Cancel a task",
                "Cancels a task that has not ended, and all that it created. What its worker still answers is not kept. There is no way back but retry_task.",
                OfTask,
                "\"task\"",
                Changes(destroys: true, idempotent: true),
                TaskAnswer),
            HttpMethods.Post,
            "/tasks/{task}/cancel"),
        new(
            Make(
                "retry_task",
                "Submit an ended task again",
                "Makes a new task like one that has ended (it says redriveOf), with the same input or another one, and answers the new one.",
                $$"""
                {{OfTask}},
                "input": {"description": "Another input; the same again if left out."},
                {{WorkTools.WaitFor("how long to wait for the new task's end before answering; 0 by default")}},
                {{IdempotencyKey}}
                """,
                "\"task\"",
                Changes(destroys: false),
                TaskAnswer),
            HttpMethods.Post,
            "/tasks/{task}/retry") { Submits = true, HasBody = true },
    ];
}

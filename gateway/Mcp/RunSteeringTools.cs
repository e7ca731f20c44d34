using static Orchestrator.Gateway.Mcp.ToolFactory;

namespace Orchestrator.Gateway.Mcp;

/// <summary>Tools that act on runs that are there.</summary>
internal static class RunSteeringTools
{
    private const string OfRun = """
        "run": {"type": "string", "format": "uuid", "description": "Id of the run, as start_run and list_runs answer it."}
        """;

    private const string OfStep = $$"""
        {{OfRun}},
        "step": {"type": "string", "description": "Id of the step, as get_run answers it."}
        """;

    public static IReadOnlyList<ToolDefinition> All { get; } =
    [
        new(
            Make(
                "approve_step",
                "Decide what a step asks",
                "Answers a step of a run that waits for a person: list_runs and get_run show its question. Refused if it does not wait any more, or asks anew. Decide only what you were told to decide.",
                $$"""
                {{OfStep}},
                "decision": {"type": "string", "enum": ["approve", "reject", "continue", "retry", "abort"], "description": "approve and continue complete the step; retry has it done again; reject fails it; abort aborts the whole run."},
                "round": {"type": "integer", "minimum": 1, "description": "Which round of the step is answered, as list_runs and get_run show it beside the question. Give it always: the call is refused if the step asks anew by then."},
                "edits": {"description": "A merge patch (RFC 7396) of the step's output, or of its input if it is done again: an object changes the members of an object, any other value stands for the whole. Neither get_run nor list_runs shows the output: edit only what the question tells."},
                "comment": {"type": "string", "maxLength": 10000, "description": "For the history."}
                """,
                "\"run\", \"step\", \"decision\"",
                Changes(destroys: true),
                RunTools.RunAnswer),
            HttpMethods.Post,
            "/runs/{run}/steps/{step}/approve") { HasBody = true },
        new(
            Make(
                "retry_step",
                "Do a failed step again",
                "Has a failed step of a run done again, with the same input or another one, and starts the run again if that has failed.",
                $$"""
                {{OfStep}},
                "input": {"description": "Another input; the same again if left out."},
                "delayMs": {"type": "integer", "minimum": 0, "description": "How long to wait before it begins."}
                """,
                "\"run\", \"step\"",
                Changes(destroys: false),
                RunTools.RunAnswer),
            HttpMethods.Post,
            "/runs/{run}/steps/{step}/retry") { HasBody = true },
        new(
            Make(
                "skip_step",
                "Replace a step's output",
                "Completes a step that has not been completed with an output that stands for its work, which is cancelled, and starts the run again if that has failed.",
                $$"""
                {{OfStep}},
                "output": {"description": "What the step is to have put out; null is one."}
                """,
                "\"run\", \"step\", \"output\"",
                Changes(destroys: true),
                RunTools.RunAnswer),
            HttpMethods.Post,
            "/runs/{run}/steps/{step}/skip") { HasBody = true },
        new(
            Make(
                "abort_run",
                "Abort a run",
                "Ends a run that has not ended; what it has under way is cancelled, and what was done is undone if you say so. It cannot be started again.",
                $$"""
                {{OfRun}},
                "reason": {"type": "string", "maxLength": 10000, "description": "For the history."},
                "compensate": {"type": "boolean", "description": "Whether completed steps that say how are undone."}
                """,
                "\"run\"",
                Changes(destroys: true),
                RunTools.RunAnswer),
            HttpMethods.Post,
            "/runs/{run}/abort") { HasBody = true },
    ];
}

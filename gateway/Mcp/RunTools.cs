using static Orchestrator.Gateway.Mcp.ToolFactory;

namespace Orchestrator.Gateway.Mcp;

/// <summary>Tools that start runs and look at them.</summary>
internal static class RunTools
{
    internal const string RunAnswer = """
        {"type": "object", "required": ["id", "status"], "properties": {
          "id": {"type": "string"},
          "status": {"type": "string", "description": "started; or ended: completed, failed, aborted. expired: the run of a repeated key is gone."},
          "definition": {"type": "string"}, "workspace": {"type": "string"},
          "output": {"description": "What it answers, once completed."},
          "error": {"type": ["object", "null"], "description": "Why it failed: code, message, retryable."},
          "steps": {"type": ["array", "null"], "items": {"type": "object"}, "description": "Where each step stands; one that is waiting says its question."},
          "waiting": {"type": "array", "items": {"type": "object"}, "description": "The steps that wait for a person, with their questions."}}}
        """;

    public static IReadOnlyList<ToolDefinition> All { get; } =
    [
        new(
            Make(
                "list_definitions",
                "List workflows",
                "Lists the published definitions of workflows, each version by itself, by their owners and names.",
                $$"""
                "owner": {"type": "string"},
                "name": {"type": "string", "description": "All versions of this one; give its owner too."},
                {{Limit}},
                {{Cursor}}
                """,
                "",
                Reads(),
                PageOf("""{"type": "object", "required": ["id", "owner", "name", "version"], "properties": {"id": {"type": "string"}, "owner": {"type": "string"}, "name": {"type": "string"}, "version": {"type": "string"}, "description": {"type": ["string", "null"]}}}""")),
            HttpMethods.Get,
            "/definitions") { Query = ["owner", "name", "limit", "cursor"], QueryDefaults = WorkTools.FewEntries },
        new(
            Make(
                "list_runs",
                "List runs",
                "Lists the runs of a workspace, newest first, without inputs and outputs; with `waiting` those that ask a person something, and what.",
                $$"""
                {{Workspace}},
                "status": {"type": "string", "enum": ["started", "completed", "failed", "aborted"]},
                "definition": {"type": "string", "description": "owner/name, or owner/name@version."},
                "tag": {"type": "string"},
                "waiting": {"type": "boolean", "description": "true: only runs of which a step waits for a person."},
                "parentId": {"type": "string", "format": "uuid", "description": "Only runs that are steps of this run."},
                {{Limit}},
                {{Cursor}}
                """,
                "\"workspace\"",
                Reads(),
                PageOf(RunAnswer)),
            HttpMethods.Get,
            "/workspaces/{workspace}/runs")
        { Query = ["status", "definition", "tag", "waiting", "parentId", "limit", "cursor"], QueryDefaults = WorkTools.FewEntries },
        new(
            Make(
                "start_run",
                "Start a run of a workflow",
                "Starts a run of a published definition: its steps are tasks of the workspace. Durable once it is answered. Answers the run as it stands, with its output if `wait` was given and it ended in time.",
                $$"""
                "owner": {"type": "string", "description": "Of the definition owner/name."},
                "name": {"type": "string", "description": "Of the definition owner/name."},
                "version": {"type": "string", "description": "The one published last if left out."},
                "input": {"description": "What the run gets: any JSON, as the definition's schema asks. At most 1 MiB."},
                "workspace": {"type": "string", "description": "Where its tasks are; \"default\" if left out."},
                "priority": {"description": "low, medium (the default), high, or a number from 0 to 1000.", "type": ["string", "integer"]},
                "tags": {"type": "array", "maxItems": 50, "items": {"type": "string", "minLength": 1, "maxLength": 100} },
                {{WorkTools.WaitFor("how long to wait for its end before answering; 0 by default")}},
                {{IdempotencyKey}}
                """,
                "\"owner\", \"name\"",
                Changes(destroys: false),
                RunAnswer),
            HttpMethods.Post,
            "/definitions/{owner}/{name}/runs") { Submits = true, HasBody = true },
        new(
            Make(
                "get_run",
                "Look at a run",
                "Answers a run as it stands, with where each of its steps stands, or waits for its end first.",
                $$"""
                "run": {"type": "string", "format": "uuid", "description": "Id of the run, as start_run answers it."},
                {{WorkTools.WaitFor("how long to wait for its end before answering; 0 by default")}}
                """,
                "\"run\"",
                Reads(),
                RunAnswer),
            HttpMethods.Get,
            "/runs/{run}") { Query = ["wait"] },
    ];
}

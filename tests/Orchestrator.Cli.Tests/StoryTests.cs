using System.Text.Json;
using Orchestrator.TestKit;

namespace Orchestrator.Cli.Tests;

/// <summary>Everything that people do with <c>orc</c>, against a real gateway.</summary>
public sealed class StoryTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Hostile = "[red]👩‍🚀 مرحبا[/]\u001b[31m\u202e";

    private const string Definition = """
        owner: acme
        name: letter
        version: "1"
        steps:
          - id: write
            action: generation.simulated
            input: { text: "${{ run.input.text }}" }
            approval: { question: "Send this?" }
          - id: send
            needs: [write]
            action: generation.simulated
            input: { text: "${{ steps.write.output.text }}", errorRate: "${{ run.input.errorRate }}" }
            retry: { maxAttempts: 1 }
        output: { letter: "${{ steps.send.output.text }}" }
        """;

    [Fact]
    public async Task Task_SubmittedWatchedSteeredAndCancelled_IsWhatThePersonWanted()
    {
        var ended = await gateway.AnswerAsync("task", "submit", "generation.simulated", "--input", """{"text": "done"}""", "--wait");
        var id = Id(await gateway.JsonAsync("task", "submit", "generation.simulated", "--input", """{"latencyMs": 600000}""", "--name", Hostile, "--tag", "long"));
        await using var watching = gateway.Start("task", "watch", id, "-o", "jsonl");
        var steered = await gateway.JsonAsync("task", "steer", id, "Shorter, please.");
        var listed = await gateway.AnswerAsync("task", "list", "--tag", "long");
        var cancelled = await gateway.JsonAsync("task", "cancel", id);
        var watched = await watching.FinishAsync();
        var retried = await gateway.JsonAsync("task", "retry", id, "--input", """{"text": "short"}""", "--wait");
        var again = await gateway.AnswerAsync("task", "cancel", id);

        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.Matches("result .*\"done\"", ended.Output);
        Assert.Equal(1, steered.GetProperty("accepted").GetInt32());
        Assert.Contains("[red]👩‍🚀 مرحبا[/]\\u001b[31m\\u202e", listed.Output, StringComparison.Ordinal);
        Assert.Equal(("cancelled", Hostile), (Text(cancelled, "status"), Text(cancelled, "name")));
        Assert.Equal(1, watched.ExitCode);
        Assert.StartsWith($"Task {id} is cancelled", Assert.Single(watched.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(["task.message", "task.cancelled"], watched.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Text(JsonDocument.Parse(line).RootElement, "type")).Where(type => type is "task.message" or "task.cancelled"));
        Assert.Equal(("completed", id), (Text(retried, "status"), Text(retried, "redriveOf")));
        Assert.Equal((5, ""), (again.ExitCode, again.Output));
    }

    [PythonFact]
    public async Task Task_ThatAsks_IsApprovedAndPutsOut()
    {
        var id = Id(await gateway.JsonAsync("task", "submit", "test.publish"));
        await Eventually.TrueAsync(async () => Text(await gateway.JsonAsync("task", "why", id), "code") == "waiting_for_approval", TimeSpan.FromSeconds(30), () => "It does not ask.");
        var asked = await gateway.AnswerAsync("task", "approve", id);
        await gateway.JsonAsync("task", "approve", id, "--decision", "approve", "--number", "1", "--comment", "Good.", "--edits", """{"text": "final"}""");
        var ended = await gateway.JsonAsync("task", "wait", id, "--timeout", "30s");
        var logs = await gateway.AnswerAsync("task", "logs", id, "--follow");
        var late = await gateway.AnswerAsync("task", "approve", id);

        Assert.Equal((64, ""), (asked.ExitCode, asked.Output));
        Assert.Equal(
            [$"Task {id}, request 1, asks: Publish?", "  {\"text\":\"draft\"}", "Nothing was decided: say --decision approve, reject, continue, retry or abort."], asked.ErrorLines);
        Assert.Equal((5, ""), (late.ExitCode, late.Output));
        Assert.Equal("""{"decision":"approve","edits":{"text":"final"},"comment":"Good."}""", ended.GetProperty("result").GetRawText());
        Assert.Equal((0, "published\n"), (logs.ExitCode, logs.Output));
    }

    [Fact]
    public async Task Task_ThatNobodyServes_IsSaidToBeSo()
    {
        var submitted = await gateway.AnswerAsync("task", "submit", "nobody.serves", "--input", """{"row": 8}""", "-o", "json");
        var id = Id(submitted.Json);
        var waited = await gateway.AnswerAsync("task", "wait", id, "--timeout", "3s");
        var why = await gateway.AnswerAsync("task", "why", id);
        var input = await gateway.AnswerAsync("task", "get", id, "--input");
        await gateway.JsonAsync("task", "cancel", id);

        Assert.Equal((0, "{\"row\":8}\n"), (input.ExitCode, input.Output.Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(0, submitted.ExitCode);
        Assert.StartsWith($"Task {id} waits: No silo serves nobody.serves now: ", Assert.Single(submitted.ErrorLines), StringComparison.Ordinal);
        Assert.Matches(@"reasons\n +unservable: No silo serves nobody\.serves now: ", why.Output);
        Assert.Equal((2, -1), (why.Output.Split("No silo serves").Length, why.Output.IndexOf('{', StringComparison.Ordinal)));
        Assert.Equal((124, "", 2, submitted.ErrorLines[0]), (waited.ExitCode, waited.Output, waited.ErrorLines.Length, waited.ErrorLines[0]));
    }

    [Fact]
    public async Task Many_ByAFilter_AreCountedAndThenCancelledAndRetried()
    {
        await gateway.JsonAsync("workspace", "create", "many", "--max-parallel", "1", "--weight", "2");
        await gateway.JsonAsync("workspace", "pause", "many", "--for", "10m");
        const string Tasks = """
            {"action": "generation.simulated", "tags": ["old"]}
            {"action": "generation.simulated", "tags": ["old"]}

            {"action": "generation.simulated", "tags": ["new"]}
            """;
        var batch = await Orc.RunWithInputAsync(Tasks, new() { ["ORCHESTRATOR_URL"] = gateway.Url, ["ORCHESTRATOR_WORKSPACE"] = "many" }, "batch", "submit");
        var bad = await Orc.RunWithInputAsync("""[{"action": "X"}, {"acton": "x"}]""", new() { ["ORCHESTRATOR_URL"] = gateway.Url }, "batch", "submit", "-w", "many");
        var refused = await gateway.AnswerAsync("task", "cancel", "--filter", "tag=old", "-w", "many");
        var cancelled = await gateway.JsonAsync("task", "cancel", "--filter", "tag=old", "-w", "many", "--yes");
        var retried = await gateway.JsonAsync("task", "retry", "--filter", "status=cancelled", "--filter", "tag=old", "--filter", "workspace=many", "--yes");
        await gateway.JsonAsync("workspace", "resume", "many");

        Assert.Equal((0, 3), (batch.ExitCode, batch.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Equal((65, ""), (bad.ExitCode, bad.Output));
        Assert.All(["  /tasks/0/action ", "  /tasks/1/action ", "  /tasks/1/acton "], field => Assert.Contains(bad.ErrorLines, line => line.StartsWith(field, StringComparison.Ordinal)));
        Assert.Equal((3, "", "2 tasks of many fit and would be cancelled. Nothing was done: add --yes to do it."), (refused.ExitCode, refused.Output, refused.Errors.Trim()));
        Assert.Equal(("completed", 2), (Text(cancelled, "status"), cancelled.GetProperty("done").GetInt32()));
        Assert.Equal(("completed", 2), (Text(retried, "status"), retried.GetProperty("done").GetInt32()));
    }

    [Fact]
    public async Task Run_ThatAsksAndFails_IsApprovedRetriedAndReplayed()
    {
        var file = Path.Combine(gateway.Folder, "letter.yaml");
        await File.WriteAllTextAsync(file, Definition);
        await gateway.JsonAsync("definition", "validate", $"@{file}");
        var published = await gateway.JsonAsync("definition", "publish", file);
        var id = Id(await gateway.JsonAsync("run", "start", "acme/letter@1", "--input", """{"text": "Dear all", "errorRate": 1}"""));
        await Eventually.TrueAsync(
            async () => (await gateway.JsonAsync("run", "get", id)).GetProperty("waiting").GetArrayLength() == 1, TimeSpan.FromSeconds(30), () => "It does not ask.");
        var asked = await gateway.AnswerAsync("run", "approve", id, "write");
        await gateway.JsonAsync("run", "approve", id, "write", "--decision", "approve", "--round", "1", "--comment", "Fine.");
        var failed = await gateway.AnswerAsync("run", "watch", id);
        var skipped = await gateway.AnswerAsync("run", "retry", id, "write");
        var replay = Id(await gateway.JsonAsync("run", "replay", id, "--from", "write"));
        await gateway.JsonAsync("run", "abort", replay, "--reason", "Enough.");
        var list = await gateway.AnswerAsync("run", "list", "--definition", "acme/letter");

        Assert.Equal("acme/letter@1", Text(published, "id"));
        Assert.Equal((64, ""), (asked.ExitCode, asked.Output));
        Assert.Equal(
            ($"Step write of run {id}, round 1, asks: Send this?", true, 3),
            (asked.ErrorLines[0], asked.ErrorLines[1].Contains("Dear all", StringComparison.Ordinal), asked.ErrorLines.Length));
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("run.failed", failed.Output, StringComparison.Ordinal);
        Assert.StartsWith($"Run {id} is failed: ", failed.Errors, StringComparison.Ordinal);
        Assert.Equal((5, ""), (skipped.ExitCode, skipped.Output));
        Assert.Equal((3, true, true), (list.Output.TrimEnd().Split('\n').Length, list.Output.Contains("aborted", StringComparison.Ordinal), list.Output.Contains("failed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Workspace_WhoseFuseHasTripped_NamesIt()
    {
        await gateway.JsonAsync("workspace", "create", "capped", "--fuses", """{"pendingCap": {"total": 1}}""");
        await gateway.JsonAsync("workspace", "pause", "capped", "--for", "10m");
        await gateway.JsonAsync("task", "submit", "generation.simulated", "-w", "capped");
        var refused = await gateway.AnswerAsync("task", "submit", "generation.simulated", "-w", "capped");
        var shown = await gateway.AnswerAsync("workspace", "get", "capped");
        var events = await gateway.AnswerAsync("workspace", "events", "capped");

        Assert.Equal(75, refused.ExitCode);
        Assert.Matches(@"\nFuse pendingCap has tripped: .* orc workspace fuse-reset capped pendingCap closes it\.\n$", shown.Output);
        Assert.DoesNotContain('{', shown.Output);
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z  workspace\.paused .*until=\S+Z\n", events.Output);
    }

    [Fact]
    public async Task WhatIsSetUp_IsShownChangedAndDeleted()
    {
        var resource = await gateway.JsonAsync("resource", "set", "search", "--capacity", "100", "--refill-per-second", "0.5");
        var schedule = await gateway.JsonAsync("schedule", "create", "pulse", "--every", "1h", "--action", "generation.simulated", "--input", """{"text": "tick"}""");
        await gateway.JsonAsync("schedule", "update", "pulse", "--cron", "0 7 * * 1-5", "--time-zone", "Europe/Rome");
        var paused = await gateway.JsonAsync("schedule", "pause", "pulse");
        var kept = await gateway.AnswerAsync("schedule", "delete", "pulse");
        var deleted = await gateway.AnswerAsync("schedule", "delete", "pulse", "--yes");
        var webhook = await gateway.JsonAsync("webhook", "create", "https://example.org/hook", "--type", "task.failed", "-w", "default");
        await gateway.JsonAsync("agent", "create", "sailor", "--model", "openai/gpt-4o", "--instructions", "Sail.", "--tool", "ask_person");
        var agent = await gateway.JsonAsync("agent", "update", "sailor", "--max-turns", "5");
        var fuse = await gateway.JsonAsync("workspace", "fuse-reset", "default", "anti-loop");
        var unnamed = await gateway.AnswerAsync("workspace", "fuse-reset", "default");
        var missing = await gateway.AnswerAsync("workspace", "get", "nowhere");
        var doctor = await gateway.JsonAsync("doctor");
        var top = await gateway.JsonAsync("top");

        Assert.Equal((100, 0.5m), (resource.GetProperty("capacity").GetInt32(), resource.GetProperty("refillPerSecond").GetDecimal()));
        Assert.Equal((3_600_000, "tick"), (schedule.GetProperty("intervalMs").GetInt32(), Text(schedule.GetProperty("task").GetProperty("input"), "text")));
        Assert.Equal(("0 7 * * 1-5", true), (Text(paused, "cron"), paused.GetProperty("paused").GetBoolean()));
        Assert.Equal((3, "", 0, ""), (kept.ExitCode, kept.Output, deleted.ExitCode, deleted.Output));
        Assert.Equal("default", Text(webhook, "workspace"));
        Assert.Equal((2, "Sail.", 5), (agent.GetProperty("version").GetInt32(), Text(agent, "instructions"), agent.GetProperty("maxTurns").GetInt32()));
        Assert.Equal("default", Id(fuse));
        Assert.Equal((64, "Say which fuse: antiLoop, budget, circuitBreaker or pendingCap."), (unnamed.ExitCode, unnamed.ErrorLines[0]));
        Assert.Equal((4, ""), (missing.ExitCode, missing.Output));
        Assert.True(doctor.GetProperty("healthy").GetBoolean());
        Assert.Equal(
            ["not served, as no model is configured for them: embeddings, generation.json, generation.text"],
            doctor.GetProperty("checks").EnumerateArray().Where(check => Text(check, "status") == "ok").Select(check => Text(check, "message")).Where(message => message.Contains("model", StringComparison.Ordinal)));
        Assert.Equal("here", Text(top.GetProperty("silos")[0], "name"));
    }

    [Fact]
    public async Task Audit_OfWhatWasChangedAndRefused_IsListedAsTheFiltersSay()
    {
        var before = DateTimeOffset.UtcNow;
        await gateway.JsonAsync("workspace", "create", "audited");
        await gateway.JsonAsync("workspace", "pause", "audited", "--for", "10m");
        await gateway.AnswerAsync("workspace", "create", "audited");

        var all = await gateway.JsonAsync("audit", "list", "-w", "audited");
        var paused = await gateway.AnswerAsync("audit", "list", "-w", "audited", "--operation", "PauseWorkspace", "--actor", "anonymous", "--created-after", $"{before:O}", "-o", "jsonl");
        var table = await gateway.AnswerAsync("audit", "list", "--operation", "CreateWorkspace", "--limit", "1");
        var nobody = await gateway.JsonAsync("audit", "list", "--actor", "somebody");
        var later = await gateway.JsonAsync("audit", "list", "-w", "audited", "--created-after", $"{before.AddDays(1):O}");

        Assert.Equal(["PauseWorkspace", "CreateWorkspace"], all.GetProperty("items").EnumerateArray().Select(entry => Text(entry, "operation")));
        Assert.Equal("audited", Text(JsonDocument.Parse(Assert.Single(paused.Output.TrimEnd().Split('\n'))).RootElement, "targetId"));
        Assert.Matches(@"^AT +ACTOR +FROM +OPERATION +TARGET +WORKSPACE +STATUS +PROBLEM *\n.* CreateWorkspace +workspaces +- +409 +workspace-exists *\n$", table.Output);
        Assert.Equal((0, 0), (nobody.GetProperty("items").GetArrayLength(), later.GetProperty("items").GetArrayLength()));
    }

    private static string Id(JsonElement answer) => Text(answer, "id");

    private static string Text(JsonElement answer, string member) => answer.GetProperty(member).GetString()!;
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Otlp;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cluster.Tests;

/// <summary>Begins traces as a client does, and waits for what becomes of them.</summary>
internal sealed class TraceReader(OtlpCollector collector)
{
    /// <summary>The span in which the client asks.</summary>
    public const string ClientSpan = "b7ad6b7169203331";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Submits a task in a trace, or in none.</summary>
    public static async Task<Guid> SubmitAsync(ServiceProcess gateway, string? traceId, string body) =>
        (await PostAsync(gateway, "workspaces/default/tasks", traceId, body))["id"]!.GetValue<Guid>();

    public static async Task<JsonNode> PostAsync(ServiceProcess gateway, string path, string? traceId, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/{path}", UriKind.Relative));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (traceId is not null)
        {
            request.Headers.Add("traceparent", $"00-{traceId}-{ClientSpan}-01");
        }

        using var answer = await gateway.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>Waits until a process that writes JSON has logged the failure of a task, with all that tells whose it is.</summary>
    public static async Task AssertFailureIsLoggedAsync(ServiceProcess process, string traceId, Guid task)
    {
        await Eventually.TrueAsync(() => Task.FromResult(Lines().Any()), Limit, () => process.Output);
        var scopes = JsonNode.Parse(Lines().Single())!["Scopes"]!.AsArray().OfType<JsonObject>().ToList();
        Assert.Contains(scopes, scope => scope["TaskId"]?.ToString() == task.ToString() && scope["Workspace"]?.ToString() == "default" && scope["Attempt"]?.ToString() == "1");
        Assert.Contains(scopes, scope => scope["TraceId"]?.ToString() == traceId);

        IEnumerable<string> Lines() => process.Output.Split('\n').Where(
            line => line.EndsWith('}') && line.Contains("\"EventId\":1324", StringComparison.Ordinal) && line.Contains(task.ToString(), StringComparison.Ordinal));
    }

    /// <summary>Waits for a span of a trace.</summary>
    public Task<ReceivedSpan> FindAsync(string service, string traceId, string name) =>
        FindAsync(span => span.Service == service && span.TraceId == traceId && span.Name == name, $"{name} of {service} in {traceId}");

    /// <summary>The same for the span of an attempt at a task.</summary>
    public Task<ReceivedSpan> FindAttemptAsync(string service, Guid task, int attempt = 1) => FindAsync(
        span => span.Service == service && span.Name.StartsWith("attempt ", StringComparison.Ordinal)
            && span.Attributes["orchestrator.task.id"] == task.ToString() && span.Attributes["orchestrator.attempt"] == $"{attempt}",
        $"attempt {attempt} of {service} at {task}");

    /// <summary>The same for the span that is around another one.</summary>
    public Task<ReceivedSpan> FindParentAsync(ReceivedSpan child) =>
        FindAsync(span => span.SpanId == child.ParentId && span.TraceId == child.TraceId, $"parent of {child}");

    public async Task<ReceivedSpan> FindAsync(Func<ReceivedSpan, bool> isWanted, string what)
    {
        ReceivedSpan? found = null;
        await Eventually.TrueAsync(
            () => Task.FromResult((found = collector.Spans.FirstOrDefault(isWanted)) is not null),
            Limit,
            () => $"There is no {what} among:\n{string.Join('\n', collector.Spans)}");
        return found!;
    }
}

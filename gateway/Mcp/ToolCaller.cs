using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Json;
using Orchestrator.Gateway.Api.Calls;
using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Mcp;

/// <summary>Carries a call of a tool out. What the API refuses is an error of the tool, which an agent can read and act on.</summary>
internal sealed class ToolCaller(ApiCalls api)
{
    public async Task<CallToolResult> CallAsync(HttpContext caller, CallToolRequestParams? call, CancellationToken cancellationToken)
    {
        if (Tools.Find(call?.Name ?? "") is not { } tool)
        {
            return Error($"There is no tool {call?.Name}; there are {string.Join(", ", Tools.All.Select(known => known.Tool.Name))}.");
        }

        ApiRequest request;
        try
        {
            request = ToolArguments.ToRequest(tool, call!.Arguments ?? new Dictionary<string, JsonElement>());
        }
        catch (ProblemException refused)
        {
            var problem = new ProblemResult(refused.Problem).ToResponse(caller);
            return Refused(new ApiAnswer(problem.Status, JsonSerializer.SerializeToUtf8Bytes(problem, ContractsJson.TypeInfo<ProblemResponse>()), RetryAfter: null));
        }

        var answer = await api.SendAsync(caller, request, cancellationToken);
        return answer.Status < StatusCodes.Status400BadRequest ? Success(tool, answer) : Refused(answer);
    }

    private static CallToolResult Success(ToolDefinition tool, ApiAnswer answer)
    {
        using var document = JsonDocument.Parse(answer.Body);
        var result = tool.Reshape is null ? document.RootElement.Clone() : tool.Reshape(document.RootElement);
        return new CallToolResult { StructuredContent = result, Content = [new TextContentBlock { Text = result.GetRawText() }] };
    }

    /// <summary>A refusal in words, and then the problem as programs know it.</summary>
    private static CallToolResult Refused(ApiAnswer answer)
    {
        var problem = JsonSerializer.Deserialize(answer.Body.Span, ContractsJson.TypeInfo<ProblemResponse>())!;
        return Error(Describe(problem.Title, problem.Detail, problem.Errors, answer.RetryAfter), Encoding.UTF8.GetString(answer.Body.Span));
    }

    private static string Describe(string title, string? detail, IReadOnlyDictionary<string, IReadOnlyList<string>>? errors, string? retryAfter)
    {
        var text = new StringBuilder(title);
        if (detail is not null)
        {
            text.Append(' ').Append(detail);
        }

        foreach (var (pointer, messages) in errors ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            text.Append('\n').Append(pointer.Length == 0 ? "The arguments" : ToolArguments.NameOf(pointer)).Append(' ').AppendJoin(' ', messages);
        }

        return retryAfter is null ? text.ToString() : text.Append($"\nTry again in {retryAfter} s.").ToString();
    }

    private static CallToolResult Error(params IEnumerable<string> texts) =>
        new() { IsError = true, Content = [.. texts.Select(text => (ContentBlock)new TextContentBlock { Text = text })] };
}

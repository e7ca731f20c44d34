using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.TestKit.Models;

/// <summary>Writes answers as OpenAI's protocol has them.</summary>
internal static class ModelAnswerWriter
{
    public static async Task WriteAsync(HttpContext http, JsonNode request, ModelReply reply)
    {
        if (reply.Write is { } write)
        {
            await write(http);
            return;
        }

        http.Response.StatusCode = reply.Status;
        if (reply.RetryAfter is { } after)
        {
            http.Response.Headers.RetryAfter = after;
        }

        if (reply.RawBody is null && reply.Status == 200 && request["stream"]?.GetValue<bool>() == true)
        {
            await WriteStreamAsync(http, request, reply);
            return;
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(reply.RawBody ?? WholeOf(reply).ToJsonString());
    }

    private static JsonObject WholeOf(ModelReply reply)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = reply.Content };
        if (reply.Calls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. reply.Calls.Select((call, index) => CallOf(reply, call, index, withIndex: false))]);
        }

        var whole = Envelope("chat.completion");
        whole["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["finish_reason"] = FinishOf(reply), ["message"] = message });
        whole["usage"] = UsageOf(reply.Usage);
        return whole;
    }

    private static async Task WriteStreamAsync(HttpContext http, JsonNode request, ModelReply reply)
    {
        http.Response.ContentType = "text/event-stream";
        await SendAsync(new JsonObject { ["role"] = "assistant", ["content"] = "" }, null);
        var number = 0;
        foreach (var piece in reply.Content.Chunk(reply.PieceLength))
        {
            await SendPieceAsync(new JsonObject { ["content"] = new string(piece) });
        }

        for (var index = 0; index < reply.Calls.Count; index++)
        {
            var (name, arguments) = reply.Calls[index];
            var half = arguments.Length / 2;
            await SendPieceAsync(new JsonObject { ["tool_calls"] = new JsonArray(CallOf(reply, (name, arguments[..half]), index, withIndex: true)) });
            await SendPieceAsync(new JsonObject
            {
                ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = index, ["function"] = new JsonObject { ["arguments"] = arguments[half..] } }),
            });
        }

        await SendAsync([], FinishOf(reply));
        if (request["stream_options"]?["include_usage"]?.GetValue<bool>() == true)
        {
            var last = Envelope("chat.completion.chunk");
            last["choices"] = new JsonArray();
            last["usage"] = UsageOf(reply.Usage);
            await LineAsync(last.ToJsonString());
        }

        await LineAsync("[DONE]");

        async Task SendPieceAsync(JsonObject delta)
        {
            if (reply.BeforePiece is { } before)
            {
                await before(number++, http.RequestAborted);
            }

            await SendAsync(delta, null);
        }

        Task SendAsync(JsonObject delta, string? finishReason)
        {
            var chunk = Envelope("chat.completion.chunk");
            chunk["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finishReason });
            return LineAsync(chunk.ToJsonString());
        }

        async Task LineAsync(string data)
        {
            await http.Response.WriteAsync($"data: {data}\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    private static JsonObject CallOf(ModelReply reply, (string Name, string Arguments) call, int index, bool withIndex)
    {
        var node = new JsonObject
        {
            ["id"] = $"{reply.CallPrefix}{index}",
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
        };
        if (withIndex)
        {
            node["index"] = index;
        }

        return node;
    }

    private static string FinishOf(ModelReply reply) => reply.FinishReason ?? (reply.Calls.Count > 0 ? "tool_calls" : "stop");

    private static JsonObject Envelope(string type) => new() { ["id"] = "chatcmpl-1", ["object"] = type, ["created"] = 1, ["model"] = "stub" };

    private static JsonNode UsageOf(ModelUsage usage) => JsonSerializer.SerializeToNode(new
    {
        prompt_tokens = usage.Input,
        completion_tokens = usage.Output,
        total_tokens = usage.Input + usage.Output,
        prompt_tokens_details = new { cached_tokens = usage.Cached },
        completion_tokens_details = new { reasoning_tokens = usage.Reasoning },
    })!;
}

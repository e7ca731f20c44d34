using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Mcp;

/// <summary>What MCP over HTTP says in headers and in the status.</summary>
internal static class McpHeaders
{
    private const string Version = "MCP-Protocol-Version";
    private const string Method = "Mcp-Method";
    private const string Name = "Mcp-Name";

    /// <summary>The revisions of the protocol that the package speaks.</summary>
    private static readonly string[] Revisions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"];

    /// <summary>
    /// Takes the revision over into the message, and refuses headers that say something else than the message. A revision that is
    /// not known is answered by the protocol itself, which lists those that are; the status is 400 then.
    /// </summary>
    public static void Check(HttpContext http, JsonRpcMessage message)
    {
        var headers = http.Request.Headers;
        if (headers[Version].ToString() is { Length: > 0 } version)
        {
            message.Context = new JsonRpcMessageContext { ProtocolVersion = version };
            if (!Revisions.Contains(version))
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
            }
        }

        if (message is JsonRpcRequest request)
        {
            RequireSame(Method, headers[Method].ToString(), request.Method);
            if (request.Params is not (null or JsonObject))
            {
                throw new ProblemException(new Problem(ProblemTypes.Validation, "The message has parameters of a wrong type.").At("/params", "must be an object."));
            }

            RequireSame(Name, headers[Name].ToString(), request.Params?["name"]?.ToString());
        }
    }

    /// <summary>Errors that have a status of their own; older revisions have begun to answer before they know of one.</summary>
    public static ValueTask ChooseStatus(HttpResponse response, JsonRpcMessage? first)
    {
        if (first is JsonRpcError { Error.Code: var code })
        {
            response.StatusCode = (McpErrorCode)code switch
            {
                McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
                McpErrorCode.UnsupportedProtocolVersion or McpErrorCode.HeaderMismatch or McpErrorCode.MissingRequiredClientCapability => StatusCodes.Status400BadRequest,
                _ => response.StatusCode,
            };
        }

        return ValueTask.CompletedTask;
    }

    private static void RequireSame(string header, string said, string? meant)
    {
        if (said.Length > 0 && said != meant)
        {
            throw new ProblemException(new Problem(ProblemTypes.Validation, "A header says something else than the message.").At($"/{header}", "must say the same as the message."));
        }
    }
}

using System.Buffers;
using System.Text.Json;
using Orchestrator.Core.Agents;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads the MCP servers of an agent.</summary>
internal static class McpServerReader
{
    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly SearchValues<char> HeaderLetters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static IReadOnlyList<McpServerDraft> Read(ObjectReader agent)
    {
        var drafts = new List<McpServerDraft>();
        foreach (var (value, pointer) in agent.Array("mcpServers", AgentLimits.MaxMcpServers) ?? [])
        {
            if (ObjectReader.Open(value, pointer, agent.Errors) is not { } fields)
            {
                continue;
            }

            var draft = ReadOne(fields);
            if (drafts.Any(other => other.Server.Name == draft.Server.Name))
            {
                fields.Errors.Malformed(fields.At("name"), "is there twice.");
            }

            drafts.Add(draft);
        }

        return drafts;
    }

    /// <summary>Puts in what is stored of the secrets that the body leaves as they are.</summary>
    public static IReadOnlyList<McpServer> Complete(IReadOnlyList<McpServerDraft> drafts, IReadOnlyList<McpServer> stored)
    {
        var errors = new FieldErrors();
        var servers = drafts.Select(draft =>
        {
            var before = stored.FirstOrDefault(server => server.GoesWhere(draft.Server));
            return draft.Server with
            {
                Env = Complete(draft.Server.Env, draft.KeptEnv, before?.Env, JsonPointer.Append(draft.Pointer, "env"), errors),
                Headers = Complete(draft.Server.Headers, draft.KeptHeaders, before?.Headers, JsonPointer.Append(draft.Pointer, "headers"), errors),
            };
        }).ToList();
        errors.ThrowIfAny();
        return servers;
    }

    private static McpServerDraft ReadOne(ObjectReader fields)
    {
        fields.Require("name");
        var name = fields.Text("name", AgentLimits.MaxMcpNameLength) ?? "";
        if (name.AsSpan().ContainsAnyExcept(NameLetters))
        {
            fields.Errors.Malformed(fields.At("name"), "may have the characters a-z, 0-9, _ and -.");
        }

        var url = ReadUrl(fields);
        var command = fields.Text("command", AgentLimits.MaxMcpTextLength);
        if (fields.IsGiven("url") == fields.IsGiven("command"))
        {
            fields.Errors.Malformed(fields.Pointer, "must have either a url or a command.");
        }

        var (env, keptEnv) = ReadSecrets(fields, "env", static name => name.Contains('=', StringComparison.Ordinal) ? "is no name of a variable." : null);
        var (headers, keptHeaders) = ReadSecrets(fields, "headers", static name => name.AsSpan().ContainsAnyExcept(HeaderLetters) ? "is no name of a header." : null);
        Refuse(fields, "args", url is not null, "belongs to a command.");
        Refuse(fields, "env", url is not null, "belongs to a command.");
        Refuse(fields, "headers", command is not null, "belongs to a url.");
        foreach (var (header, value) in headers)
        {
            if (value.Any(static letter => letter is < ' ' or > '~'))
            {
                fields.Errors.Malformed(JsonPointer.Append(fields.At("headers"), header), "has characters that a header cannot have.");
            }
        }

        var server = new McpServer
        {
            Name = name,
            Url = url,
            Command = command,
            Args = ReadArgs(fields),
            Env = env,
            Headers = headers,
            Tools = fields.Texts("tools", AgentLimits.MaxMcpTools, AgentLimits.MaxMcpTextLength),
        };
        fields.RefuseUnknown();
        return new McpServerDraft(server, keptEnv, keptHeaders, fields.Pointer);
    }

    private static void Refuse(ObjectReader fields, string name, bool isWrong, string message)
    {
        if (isWrong && fields.IsGiven(name))
        {
            fields.Errors.Malformed(fields.At(name), message);
        }
    }

    private static string? ReadUrl(ObjectReader fields)
    {
        if (fields.Text("url", AgentLimits.MaxMcpTextLength) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) || url.Host.Length == 0)
        {
            fields.Errors.Malformed(fields.At("url"), "must be an absolute URL that begins with https:// or http://.");
        }
        else if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            fields.Errors.Malformed(fields.At("url"), "must not have a user name, a password or a fragment.");
        }

        return text;
    }

    private static List<string> ReadArgs(ObjectReader fields)
    {
        var args = new List<string>();
        foreach (var (value, pointer) in fields.Array("args", AgentLimits.MaxMcpArgs) ?? [])
        {
            args.Add(fields.CheckText(value, pointer, AgentLimits.MaxMcpTextLength, 0) ?? "");
        }

        return args;
    }

    private static (Dictionary<string, string> Given, IReadOnlyList<string> Kept) ReadSecrets(ObjectReader fields, string name, Func<string, string?> findFlaw)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        var kept = new List<string>();
        if (fields.Find(name) is not { ValueKind: not JsonValueKind.Null } value)
        {
            return (given, kept);
        }

        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() > AgentLimits.MaxMcpSettings)
        {
            fields.Errors.Malformed(fields.At(name), $"must be an object of up to {AgentLimits.MaxMcpSettings} texts.");
            return (given, kept);
        }

        foreach (var entry in value.EnumerateObject())
        {
            var pointer = JsonPointer.Append(fields.At(name), entry.Name);
            if (entry.Name.Length is 0 or > AgentLimits.MaxMcpTextLength || findFlaw(entry.Name) is not null)
            {
                fields.Errors.Malformed(pointer, findFlaw(entry.Name) ?? "has no name, or one that is too long.");
            }
            else if (entry.Value.ValueKind == JsonValueKind.Null)
            {
                kept.Add(entry.Name);
            }
            else if (fields.CheckText(entry.Value, pointer, AgentLimits.MaxMcpTextLength, 0) is { } text)
            {
                given[entry.Name] = text;
            }
        }

        return (given, kept);
    }

    private static Dictionary<string, string> Complete(
        IReadOnlyDictionary<string, string> given, IReadOnlyList<string> kept, IReadOnlyDictionary<string, string>? stored, string pointer, FieldErrors errors)
    {
        var all = given.ToDictionary(StringComparer.Ordinal);
        foreach (var name in kept)
        {
            if (stored?.GetValueOrDefault(name) is { } value)
            {
                all[name] = value;
            }
            else
            {
                errors.Unprocessable(JsonPointer.Append(pointer, name), "must be given: none is stored for this server at this place.");
            }
        }

        return all;
    }
}

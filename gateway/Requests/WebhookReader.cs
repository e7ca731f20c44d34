using System.Text.Json;
using Orchestrator.Core.Webhooks;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Webhooks;
using Orchestrator.Storage.Webhooks;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads the bodies of the webhook endpoints.</summary>
internal sealed class WebhookReader(IWorkspaceStore workspaces, WebhookTargets targets, IIdSource ids)
{
    private static readonly string[] Changeable = ["description", "url", "types", "secret", "enabled"];

    /// <summary>The webhook to create, and its secret.</summary>
    public async Task<(WebhookRecord Webhook, string Secret)> ReadNewAsync(
        JsonElement body, CallerContext caller, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var fields = Open(body, errors);
        fields.Require("url");
        fields.Require("types");
        var workspace = TaskReader.Name(fields, "workspace");
        var webhook = new WebhookRecord
        {
            Id = ids.NewWebhookId(),
            Workspace = workspace,
            Description = fields.Text("description", WebhookLimits.MaxDescriptionLength, minLength: 0),
            Url = await ReadUrlAsync(fields, cancellationToken) ?? "",
            Types = ReadTypes(fields) ?? [],
            Enabled = fields.Flag("enabled") ?? true,
        };
        var secret = ReadSecret(fields) ?? WebhookSecret.New();
        fields.RefuseUnknown();
        if (!errors.Has(fields.At("workspace")) && !await IsVisibleAsync(workspace, caller, cancellationToken))
        {
            errors.Unprocessable(fields.At("workspace"), workspace is null ? "is required: you may not see the events of all workspaces." : "is no workspace.");
        }

        errors.ThrowIfAny();
        return (webhook, secret);
    }

    /// <summary>What the body makes of a webhook, and its new secret if it has one.</summary>
    public async Task<(Func<WebhookRecord, WebhookRecord> Change, string? Secret)> ReadPatchAsync(JsonElement body, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var fields = Open(body, errors);
        var clears = fields.IsNull("description");
        var description = fields.Text("description", WebhookLimits.MaxDescriptionLength, minLength: 0);
        var url = await ReadUrlAsync(fields, cancellationToken);
        var types = ReadTypes(fields);
        var secret = ReadSecret(fields);
        var enabled = fields.Flag("enabled");
        fields.RefuseNull("url", "types", "secret", "enabled");
        fields.RefuseUnknown();
        if (body.GetPropertyCount() == 0)
        {
            errors.Malformed(JsonPointer.Root, $"names no change; known are {string.Join(", ", Changeable)}.");
        }

        errors.ThrowIfAny();
        return (
            webhook => webhook with
            {
                Description = clears ? null : description ?? webhook.Description,
                Url = url ?? webhook.Url,
                Types = types ?? webhook.Types,
                Enabled = enabled ?? webhook.Enabled,
            },
            secret);
    }

    private async Task<bool> IsVisibleAsync(string? workspace, CallerContext caller, CancellationToken cancellationToken) =>
        workspace is null
            ? caller.SeesAll
            : caller.Sees(workspace) && await workspaces.FindAsync(workspace, cancellationToken) is not null;

    private static ObjectReader Open(JsonElement body, FieldErrors errors) =>
        ObjectReader.Open(body, JsonPointer.Root, errors) ?? throw new Problems.ProblemException(errors.ToProblem());

    private static string? ReadSecret(ObjectReader fields) =>
        fields.Text("secret", WebhookLimits.MaxSecretLength, WebhookLimits.MinSecretLength);

    private static List<string>? ReadTypes(ObjectReader fields)
    {
        if (fields.Array("types", EventTypes.All.Count, minItems: 1) is not { } entries)
        {
            return null;
        }

        var types = new List<string>(entries.Count);
        foreach (var (value, pointer) in entries)
        {
            var type = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
            if (type != EventTypes.Any && !EventTypes.All.Contains(type))
            {
                fields.Errors.Malformed(pointer, $"must be one of {string.Join(", ", EventTypes.All)}, or {EventTypes.Any} for all.");
            }
            else if (types.Contains(type))
            {
                fields.Errors.Malformed(pointer, "is there twice.");
            }

            types.Add(type);
        }

        return types;
    }

    private async Task<string?> ReadUrlAsync(ObjectReader fields, CancellationToken cancellationToken)
    {
        if (fields.Text("url", WebhookLimits.MaxUrlLength) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) || url.Host.Length == 0)
        {
            fields.Errors.Malformed(fields.At("url"), "must be an absolute URL that begins with https:// or http://.");
        }
        else if (url.UserInfo.Length > 0)
        {
            fields.Errors.Malformed(fields.At("url"), "must not carry a user name or a password.");
        }
        else if (url.Fragment.Length > 0)
        {
            fields.Errors.Malformed(fields.At("url"), "must not have a fragment, which no server sees.");
        }
        else if (await targets.FindObjectionAsync(url, cancellationToken) is { } objection)
        {
            fields.Errors.Unprocessable(fields.At("url"), objection);
        }

        return text;
    }
}

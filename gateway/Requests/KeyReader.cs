using System.Text.Json;
using Orchestrator.Core.Keys;
using Orchestrator.Core.Naming;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Keys;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads the body of a key to create.</summary>
internal sealed class KeyReader(IWorkspaceStore workspaces, TimeProvider timeProvider)
{
    private const string Bootstrap = "bootstrap";

    /// <summary>The key to create, which reaches no further than the caller's.</summary>
    /// <param name="isFirst">Whether nobody could make another if this one could not.</param>
    public async Task<KeyRecord> ReadAsync(JsonElement body, string id, CallerContext caller, bool isFirst, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var fields = ObjectReader.Open(body, JsonPointer.Root, errors) ?? throw new Problems.ProblemException(errors.ToProblem());
        fields.Require("name");
        fields.Require("verbs");
        var name = TaskReader.Name(fields, "name");
        var verbs = ReadVerbs(fields);
        var allowed = await ReadWorkspacesAsync(fields, caller, cancellationToken);
        var expiresAt = fields.Timestamp("expiresAt");
        var now = timeProvider.GetUtcNow();
        if (expiresAt <= now || expiresAt - now > KeyLimits.MaxLife)
        {
            errors.Malformed(fields.At("expiresAt"), "must be in the future, and within 10 years.");
        }

        if (caller.Credential is { IsBootstrap: false, ExpiresAt: { } end } && !(expiresAt <= end) && !errors.Has(fields.At("expiresAt")))
        {
            errors.Unprocessable(fields.At("expiresAt"), $"must be at most {end.UtcDateTime:O}, when your own key ends.");
        }

        if (name is CallerContext.Anonymous or Bootstrap)
        {
            errors.Unprocessable(fields.At("name"), "is kept for callers without a key.");
        }

        fields.RefuseUnknown();
        if (isFirst && !errors.Any && !(verbs.Contains(KeyVerb.Admin) && allowed is null && expiresAt is null))
        {
            errors.Unprocessable(JsonPointer.Root, "must be a key with the verb admin, for all workspaces and without an end: it is the first, and nobody could make another.");
        }

        errors.ThrowIfAny();
        return new KeyRecord { Id = id, Name = name!, Scope = new KeyScope(verbs, allowed), CreatedBy = caller.Name, ExpiresAt = expiresAt };
    }

    private static List<KeyVerb> ReadVerbs(ObjectReader fields)
    {
        var verbs = new List<KeyVerb>();
        foreach (var (value, pointer) in fields.Array("verbs", KeyVerbNames.All.Count, minItems: 1) ?? [])
        {
            if (value.ValueKind != JsonValueKind.String || KeyVerbNames.Parse(value.GetString()!) is not { } verb)
            {
                fields.Errors.Malformed(pointer, $"must be one of {string.Join(", ", KeyVerbNames.All)}.");
            }
            else if (verbs.Contains(verb))
            {
                fields.Errors.Malformed(pointer, "is there twice.");
            }
            else
            {
                verbs.Add(verb);
            }
        }

        return verbs;
    }

    private async Task<IReadOnlyList<string>?> ReadWorkspacesAsync(ObjectReader fields, CallerContext caller, CancellationToken cancellationToken)
    {
        if (fields.Array("workspaces", KeyLimits.MaxWorkspaces, minItems: 1) is not { } entries)
        {
            if (!caller.SeesAll && !fields.Errors.Has(fields.At("workspaces")))
            {
                fields.Errors.Unprocessable(fields.At("workspaces"), "is required: your own key is not for all workspaces.");
            }

            return null;
        }

        var names = new List<string>(entries.Count);
        foreach (var (value, pointer) in entries)
        {
            var name = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
            if (!ResourceName.IsValid(name))
            {
                fields.Errors.Malformed(pointer, $"must be the id of a workspace: {ResourceName.Pattern}.");
            }
            else if (names.Contains(name))
            {
                fields.Errors.Malformed(pointer, "is there twice.");
            }
            else if (!caller.Sees(name) || await workspaces.FindAsync(name, cancellationToken) is null)
            {
                fields.Errors.Unprocessable(pointer, "is no workspace.");
            }

            names.Add(name);
        }

        return names;
    }
}

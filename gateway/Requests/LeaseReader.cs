using System.Text.Json;
using Orchestrator.Core.Naming;
using Orchestrator.Core.Scheduling;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Remote;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads the body of <c>POST /leases</c>.</summary>
internal sealed class LeaseReader(IWorkspaceStore workspaces)
{
    private const int MaxWorkspaces = 100;

    public async Task<(RemoteOffer Offer, TimeSpan Wait)> ReadAsync(JsonElement body, CallerContext caller, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (ObjectReader.Open(body, JsonPointer.Root, errors) is not { } fields)
        {
            errors.ThrowIfAny();
            throw new InvalidOperationException("A body that is no object has no error.");
        }

        fields.Require("actions");
        var actions = ReadNames(fields, "actions", RemoteOffer.MaxActions) ?? [];
        var named = ReadNames(fields, "workspaces", MaxWorkspaces);
        var skills = ReadSkills(fields);
        var slots = fields.Integer("slots", 1, RemoteOffer.MaxSlots) ?? 1;
        var wait = fields.Integer("waitMs", 0, (int)RemoteOffer.MaxWait.TotalMilliseconds) ?? 0;
        fields.RefuseUnknown();
        for (var i = 0; i < named?.Count; i++)
        {
            var pointer = JsonPointer.Append(fields.At("workspaces"), i);
            if (!errors.Has(pointer) && !(caller.Sees(named[i]) && await workspaces.FindAsync(named[i], cancellationToken) is not null))
            {
                errors.Unprocessable(pointer, "is no workspace.");
            }
        }

        errors.ThrowIfAny();
        return (new RemoteOffer(actions, slots) { Workspaces = named ?? caller.Workspaces, Skills = skills }, TimeSpan.FromMilliseconds(wait));
    }

    private static List<string>? ReadNames(ObjectReader fields, string member, int maxItems)
    {
        if (fields.Array(member, maxItems, minItems: 1) is not { } entries)
        {
            return null;
        }

        var names = new List<string>(entries.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (value, pointer) in entries)
        {
            var name = fields.CheckText(value, pointer, int.MaxValue, 0) ?? "";
            names.Add(name);
            if (fields.Errors.Has(pointer))
            {
                continue;
            }

            if (!ResourceName.IsValid(name))
            {
                fields.Errors.Malformed(pointer, $"must be of the form {ResourceName.Pattern}.");
            }
            else if (!seen.Add(name))
            {
                fields.Errors.Malformed(pointer, "is there twice.");
            }
        }

        return names;
    }

    /// <summary>Skills with how well the worker has them; in a list, it has them all in full.</summary>
    private static Dictionary<string, double> ReadSkills(ObjectReader fields)
    {
        if (fields.IsArray("skills"))
        {
            return (ReadNames(fields, "skills", RemoteOffer.MaxSkills) ?? []).Distinct(StringComparer.Ordinal).ToDictionary(static name => name, static _ => 1.0, StringComparer.Ordinal);
        }

        var skills = new Dictionary<string, double>(StringComparer.Ordinal);
        if (fields.Find("skills") is not { ValueKind: not JsonValueKind.Null } value)
        {
            return skills;
        }

        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() > RemoteOffer.MaxSkills)
        {
            fields.Errors.Malformed(fields.At("skills"), $"must be an object of at most {RemoteOffer.MaxSkills} proficiencies by skill, or a list of skills.");
            return skills;
        }

        foreach (var skill in value.EnumerateObject())
        {
            var pointer = JsonPointer.Append(fields.At("skills"), skill.Name);
            if (!ResourceName.IsValid(skill.Name))
            {
                fields.Errors.Malformed(pointer, $"is no skill: a name is of the form {ResourceName.Pattern}.");
            }
            else if (skill.Value.ValueKind != JsonValueKind.Number || !skill.Value.TryGetDouble(out var proficiency) || !Proficiency.IsValid(proficiency))
            {
                fields.Errors.Malformed(pointer, "must be a number above 0 and up to 1.");
            }
            else
            {
                skills.Add(skill.Name, proficiency);
            }
        }

        return skills;
    }
}

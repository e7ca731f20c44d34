using System.Text;
using System.Text.Json;
using Orchestrator.Core.Agents;
using Orchestrator.Core.Naming;
using Orchestrator.Core.Scheduling;
using Orchestrator.Storage.Agents;
using Orchestrator.Workers.Providers;
using Orchestrator.Workers.Validation;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads the bodies of the agent endpoints.</summary>
internal static class AgentReader
{
    /// <summary>What is to become of an agent, given the one in force: its stored secrets are kept where the body leaves them.</summary>
    /// <param name="name">As in the path; null when the body names it.</param>
    public static (string Name, Func<AgentRecord?, AgentDefinition> Change) Read(JsonElement body, string? name, FieldErrors errors)
    {
        var fields = ObjectReader.Open(body, JsonPointer.Root, errors) ?? throw new Problems.ProblemException(errors.ToProblem());
        var agent = new AgentDefinition
        {
            Name = ReadName(fields, name),
            Description = fields.Text("description", AgentLimits.MaxDescriptionLength, minLength: 0),
            Instructions = Required(fields, "instructions", AgentLimits.MaxInstructionsLength),
            Model = ReadModel(fields),
            Fallbacks = ReadFallbacks(fields),
            Skills = ReadSkills(fields),
            Tools = ReadTools(fields),
            MaxTurns = fields.Integer("maxTurns", 1, AgentLimits.MaxMaxTurns) ?? AgentLimits.DefaultMaxTurns,
            TurnTimeoutMs = fields.Integer("turnTimeoutMs", AgentLimits.MinTurnTimeoutMs, AgentLimits.MaxTurnTimeoutMs) ?? AgentLimits.DefaultTurnTimeoutMs,
            OutputSchema = ReadSchema(fields),
            MaxOutputTokens = fields.Integer("maxOutputTokens", 1, AgentLimits.MaxOutputTokens),
            Temperature = fields.Number("temperature", 0, 2),
        };
        var servers = McpServerReader.Read(fields);
        fields.RefuseUnknown();
        errors.ThrowIfAny();
        return (agent.Name, before => agent with { McpServers = McpServerReader.Complete(servers, before?.Definition.McpServers ?? []) });
    }

    private static string ReadName(ObjectReader fields, string? path)
    {
        if (path is null)
        {
            fields.Require("name");
        }

        var name = fields.Text("name", ResourceName.MaxLength);
        if (path is not null && name is not null && name != path)
        {
            fields.Errors.Malformed(fields.At("name"), $"is not the name in the path, {path}.");
        }
        else if (name is not null && !AgentActions.IsAgentName(name))
        {
            fields.Errors.Malformed(fields.At("name"), PathIds.AgentExpectation);
        }

        return path ?? name ?? "";
    }

    private static string Required(ObjectReader fields, string name, int maxLength)
    {
        fields.Require(name);
        return fields.Text(name, maxLength) ?? "";
    }

    private static string ReadModel(ObjectReader fields)
    {
        var model = Required(fields, "model", AgentLimits.MaxModelLength);
        CheckModel(fields, model, fields.At("model"));
        return model;
    }

    private static IReadOnlyList<string> ReadFallbacks(ObjectReader fields)
    {
        var models = fields.Texts("fallbacks", AgentLimits.MaxFallbacks, AgentLimits.MaxModelLength) ?? [];
        for (var i = 0; i < models.Count; i++)
        {
            CheckModel(fields, models[i], JsonPointer.Append(fields.At("fallbacks"), i));
        }

        return models;
    }

    private static void CheckModel(ObjectReader fields, string model, string pointer)
    {
        if (model.Length > 0 && ModelName.Parse(model) is null)
        {
            fields.Errors.Malformed(pointer, "must be of the form provider/model.");
        }
    }

    private static Dictionary<string, double> ReadSkills(ObjectReader fields)
    {
        var skills = new Dictionary<string, double>(StringComparer.Ordinal);
        if (fields.Find("skills") is not { ValueKind: not JsonValueKind.Null } value)
        {
            return skills;
        }

        var pointer = fields.At("skills");
        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() > AgentLimits.MaxSkills)
        {
            fields.Errors.Malformed(pointer, $"must be an object of up to {AgentLimits.MaxSkills} skills.");
            return skills;
        }

        foreach (var skill in value.EnumerateObject())
        {
            var at = JsonPointer.Append(pointer, skill.Name);
            if (!ResourceName.IsValid(skill.Name))
            {
                fields.Errors.Malformed(at, $"is no name of a skill: it must be of the form {ResourceName.Pattern}.");
            }
            else if (skill.Value.ValueKind != JsonValueKind.Number || !skill.Value.TryGetDouble(out var proficiency) || !Proficiency.IsValid(proficiency))
            {
                fields.Errors.Malformed(at, "must be a number above 0 and up to 1.");
            }
            else
            {
                skills[skill.Name] = proficiency;
            }
        }

        return skills;
    }

    private static IReadOnlyList<string> ReadTools(ObjectReader fields)
    {
        var tools = fields.Texts("tools", AgentTools.All.Count, ResourceName.MaxLength) ?? [];
        for (var i = 0; i < tools.Count; i++)
        {
            if (!AgentTools.All.Contains(tools[i]))
            {
                fields.Errors.Malformed(JsonPointer.Append(fields.At("tools"), i), $"must be one of {string.Join(", ", AgentTools.All)}.");
            }
        }

        return tools;
    }

    private static string? ReadSchema(ObjectReader fields)
    {
        if (fields.IsNull("outputSchema"))
        {
            fields.Find("outputSchema");
            return null;
        }

        if (fields.Raw("outputSchema", AgentLimits.MaxOutputSchemaBytes) is not { } schema)
        {
            return null;
        }

        try
        {
            PayloadSchema.Parse(schema);
        }
        catch (SchemaException exception)
        {
            foreach (var error in exception.Errors)
            {
                fields.Errors.Malformed(fields.At("outputSchema") + error.Path, error.Message);
            }
        }

        return Encoding.UTF8.GetString(schema.Span);
    }
}

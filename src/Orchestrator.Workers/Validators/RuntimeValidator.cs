using System.Text.Json;
using Orchestrator.Core.Json;
using Orchestrator.Workers.Validation;

namespace Orchestrator.Workers.Validators;

/// <summary>Judges a payload by a schema and by rules, both of which come with it; no state, no store.</summary>
public static class RuntimeValidator
{
    // What a request looks like, checked by the very thing that it asks for.
    private static readonly PayloadSchema Request = PayloadSchema.Parse("""
        {
          "type": "object", "required": ["schema", "payload"], "additionalProperties": false,
          "properties": {
            "schema": {"type": ["object", "boolean"]},
            "payload": true,
            "rules": {
              "type": ["object", "null"], "additionalProperties": false,
              "properties": {
                "required": {"type": ["array", "null"], "maxItems": 100, "items": {"$ref": "#/$defs/place"}},
                "bounds": {
                  "type": ["object", "null"], "maxProperties": 100, "propertyNames": {"$ref": "#/$defs/place"},
                  "additionalProperties": {
                    "type": "object", "additionalProperties": false, "minProperties": 1,
                    "properties": {
                      "min": {"type": "number"}, "max": {"type": "number"},
                      "minLength": {"$ref": "#/$defs/count"}, "maxLength": {"$ref": "#/$defs/count"}
                    }
                  }
                },
                "maxBytes": {"type": ["integer", "null"], "minimum": 1, "maximum": 1000000000},
                "maxDepth": {"type": ["integer", "null"], "minimum": 0, "maximum": 64}
              }
            }
          },
          "$defs": {
            "place": {"type": "string", "maxLength": 1000, "format": "json-pointer"},
            "count": {"type": "integer", "minimum": 0, "maximum": 1000000000}
          }
        }
        """u8.ToArray());

    /// <summary>Judges once there is a place to; few are judged at the same time.</summary>
    /// <param name="request"><c>{"schema", "payload", "rules"?}</c>, without members that stand there twice.</param>
    /// <param name="patience">How long a place is waited for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when no place came free in time.</returns>
    public static Task<Judgement?> CheckAsync(JsonElement request, TimeSpan patience, CancellationToken cancellationToken) => CheckPlaces.CheckAsync(
        () => TryCheck(request, out var errors) ? new Judgement(true, errors) : new Judgement(false, errors), patience, cancellationToken);

    private static bool TryCheck(JsonElement request, out IReadOnlyList<PayloadError> errors)
    {
        errors = Request.Check(request);
        if (errors.Count > 0)
        {
            return false;
        }

        PayloadSchema schema;
        try
        {
            schema = PayloadSchema.Parse(request.GetProperty("schema"));
        }
        catch (SchemaException refused)
        {
            errors = [.. refused.Errors.Select(error => error with { Path = JsonPointer.Append(JsonPointer.Root, "schema") + error.Path })];
            return false;
        }

        var payload = request.GetProperty("payload");
        var found = new List<PayloadError>();
        if (request.TryGetProperty("rules", out var rules) && rules.ValueKind == JsonValueKind.Object)
        {
            PayloadRules.Check(rules, payload, found);
        }

        found.AddRange(schema.Check(payload));
        errors = [.. found.Take(SchemaLimits.MaxErrors)];
        return true;
    }
}

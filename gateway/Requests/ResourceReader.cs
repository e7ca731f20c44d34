using System.Text.Json;
using Orchestrator.Core.Resources;
using Orchestrator.Storage.Resources;

namespace Orchestrator.Gateway.Requests;

/// <summary>Reads what a resource is to give.</summary>
internal static class ResourceReader
{
    private static readonly string[] OfBuckets = ["capacity", "refillPerSecond"];

    /// <summary>Throws, with these and all other errors, unless the body is a bucket or a semaphore.</summary>
    public static ResourceBounds Read(JsonElement body, FieldErrors errors)
    {
        if (ObjectReader.Open(body, JsonPointer.Root, errors) is not { } fields)
        {
            throw new Problems.ProblemException(errors.ToProblem());
        }

        var capacity = fields.Integer("capacity", 1, ResourceLimits.MaxCapacity);
        var refill = fields.Number("refillPerSecond", ResourceLimits.MinRefill, ResourceLimits.MaxRefill);
        var permits = fields.Integer("permits", 1, ResourceLimits.MaxPermits);
        fields.RefuseUnknown();
        CheckKind(fields);
        errors.ThrowIfAny();
        return permits is { } count ? new ResourceBounds.Semaphore(count) : new ResourceBounds.Bucket(capacity!.Value, (decimal)refill!.Value);
    }

    /// <summary>One kind or the other, and that one whole.</summary>
    private static void CheckKind(ObjectReader fields)
    {
        if (fields.IsGiven("permits"))
        {
            foreach (var name in OfBuckets.Where(fields.IsGiven))
            {
                fields.Errors.Malformed(fields.At(name), "must not stand beside permits: a resource is a bucket or a semaphore.");
            }
        }
        else if (!fields.IsGiven("capacity") && !fields.IsGiven("refillPerSecond"))
        {
            fields.Errors.Malformed(fields.Pointer, "must have capacity and refillPerSecond, or permits.");
        }
        else
        {
            fields.Require("capacity");
            fields.Require("refillPerSecond");
        }
    }
}

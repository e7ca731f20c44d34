using System.Runtime.InteropServices;
using System.Text.Json;
using Orchestrator.Core.Json;
using Orchestrator.Workers.Validation.Compilation;

namespace Orchestrator.Workers.Validation;

/// <summary>
/// A JSON Schema of draft 2020-12 or an earlier one, made ready to check payloads; safe to use from many threads. What it refers to
/// must stand in itself: nothing is fetched. What a schema may have and a check may cost is bounded by <see cref="SchemaLimits"/>.
/// </summary>
public sealed class PayloadSchema
{
    private readonly SchemaNode _root;

    private PayloadSchema(SchemaNode root) => _root = root;

    /// <summary>Reads a schema.</summary>
    /// <exception cref="SchemaException">It is none; all that is wrong with it is named.</exception>
    public static PayloadSchema Parse(ReadOnlyMemory<byte> schema)
    {
        RequireSize(schema.Length);
        var errors = new List<PayloadError>();
        using var document = Read(schema, errors) ?? throw new SchemaException(errors);
        return Parse(document.RootElement);
    }

    /// <summary>The same for one that was parsed as JSON already, without members that stand there twice.</summary>
    /// <exception cref="SchemaException">It is none; all that is wrong with it is named.</exception>
    public static PayloadSchema Parse(JsonElement schema)
    {
        RequireSize(JsonMarshal.GetRawUtf8Value(schema).Length);
        var errors = new List<PayloadError>();
        var root = new SchemaCompiler(schema.Clone(), errors).Compile();
        return errors.Count == 0 ? new PayloadSchema(root) : throw new SchemaException(errors);
    }

    /// <summary>
    /// All that is wrong with a payload, up to <see cref="SchemaLimits.MaxErrors"/>; none when it fits. A payload that is no JSON,
    /// and a check that would cost too much, are errors like any other.
    /// </summary>
    public IReadOnlyList<PayloadError> Check(ReadOnlyMemory<byte> payload) => Check(payload, out _);

    /// <summary>The same, and how much it took, as a part of the most that a check may take.</summary>
    public IReadOnlyList<PayloadError> Check(ReadOnlyMemory<byte> payload, out double cost)
    {
        var errors = new List<PayloadError>();
        using var document = Read(payload, errors);
        cost = 0;
        return document is null ? errors : Check(document.RootElement, out cost);
    }

    /// <summary>The same for a payload that was parsed already, without members that stand there twice.</summary>
    public IReadOnlyList<PayloadError> Check(JsonElement payload) => Check(payload, out _);

    private IReadOnlyList<PayloadError> Check(JsonElement payload, out double cost)
    {
        var evaluation = new Evaluation();
        try
        {
            _root.Check(payload, Place.Root, evaluation, null);
            return evaluation.Errors;
        }
        catch (CheckGivenUpException givenUp)
        {
            return [.. evaluation.Errors, new PayloadError(JsonPointer.Root, givenUp.Message)];
        }
        finally
        {
            cost = evaluation.Cost;
        }
    }

    private static void RequireSize(int bytes)
    {
        if (bytes > SchemaLimits.MaxSchemaBytes)
        {
            throw new SchemaException([new PayloadError(JsonPointer.Root, $"has {bytes} bytes; a schema may have {SchemaLimits.MaxSchemaBytes}.")]);
        }
    }

    private static JsonDocument? Read(ReadOnlyMemory<byte> utf8, List<PayloadError> errors)
    {
        var document = StrictJson.Parse(utf8, Add, out var malformed);
        if (malformed is not null)
        {
            Add(JsonPointer.Root, malformed);
        }

        return document;

        void Add(string path, string message)
        {
            if (errors.Count < SchemaLimits.MaxErrors)
            {
                errors.Add(new PayloadError(path, message));
            }
        }
    }
}

using System.Text.Json;

namespace Orchestrator.Workers.Validation.Compilation;

/// <summary>A place in a schema where a schema stands, or may stand.</summary>
/// <param name="Pointer">From the root of the whole.</param>
/// <param name="Base">What references in it are relative to; without a fragment.</param>
internal sealed record SchemaLocation(JsonElement Element, string Pointer, Uri Base);

namespace Orchestrator.Core.Runs.Definitions;

/// <summary>
/// The JSON Schema of definitions, draft 2020-12, with which editors help who writes one. It says what a document may hold;
/// whether its steps and expressions hang together is said by <see cref="DefinitionReader"/>.
/// </summary>
public static class DefinitionSchema
{
    /// <summary>The schema as JSON in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Utf8 { get; } = Read();

    private static byte[] Read()
    {
        using var stream = typeof(DefinitionSchema).Assembly.GetManifestResourceStream("definition.schema.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

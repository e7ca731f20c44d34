using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Core.Json;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Definitions.Source;

/// <summary>A value of a document and where it stands, whatever the format of the document.</summary>
public sealed class SourceNode
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = TaskLimits.MaxJsonDepth };

    public required SourceKind Kind { get; init; }

    public required SourcePlace Place { get; init; }

    /// <summary>What a text says; a number or a boolean as JSON writes it.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<SourceMember> Members { get; init; } = [];

    public IReadOnlyList<SourceNode> Items { get; init; } = [];

    /// <summary>Where the value begins in the source, for <see cref="Locator"/>.</summary>
    public int Offset { get; init; }

    /// <summary>Finds the place of a character of a text, counted from 0; null where the text's own place must do.</summary>
    public Func<SourceNode, int, SourcePlace>? Locator { get; init; }

    /// <summary>The place of a character of a text.</summary>
    public SourcePlace Locate(int position) => Locator?.Invoke(this, position) ?? Place;

    public SourceMember? Find(string name) => Members.FirstOrDefault(member => member.Name == name);

    /// <summary>The value at a JSON Pointer, or the nearest one above it.</summary>
    public SourceNode FindNearest(string path)
    {
        var node = this;
        foreach (var step in JsonPointer.Split(path) ?? [])
        {
            var next = node.Kind == SourceKind.List
                ? int.TryParse(step, out var index) && index >= 0 && index < node.Items.Count ? node.Items[index] : null
                : node.Find(step)?.Value;
            if (next is null)
            {
                break;
            }

            node = next;
        }

        return node;
    }

    /// <summary>As compact JSON in UTF-8.</summary>
    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Compact))
        {
            WriteTo(writer);
        }

        return stream.ToArray();
    }

    public JsonElement ToElement() => JsonElement.Parse(ToJson());

    private void WriteTo(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case SourceKind.Map:
                writer.WriteStartObject();
                foreach (var member in Members)
                {
                    writer.WritePropertyName(member.Name);
                    member.Value.WriteTo(writer);
                }

                writer.WriteEndObject();
                break;
            case SourceKind.List:
                writer.WriteStartArray();
                foreach (var item in Items)
                {
                    item.WriteTo(writer);
                }

                writer.WriteEndArray();
                break;
            case SourceKind.Text:
                writer.WriteStringValue(Text);
                break;
            case SourceKind.Number or SourceKind.Boolean:
                writer.WriteRawValue(Text);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}

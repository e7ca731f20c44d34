using System.Text;
using System.Text.Json;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Json;

/// <summary>Walks over every token of a JSON text and names the places that must not be: duplicate members, too much depth, NUL, lone surrogates.</summary>
/// <param name="report">Gets the JSON Pointer and what is wrong there.</param>
public sealed class JsonScanner(Action<string, string> report)
{
    private readonly List<Level> _levels = [];

    /// <summary>Throws <see cref="JsonException"/> on malformed JSON.</summary>
    public void Scan(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = TaskLimits.MaxJsonDepth + 1 });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    OnName(ref reader);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    OnValue();
                    if (_levels.Count == TaskLimits.MaxJsonDepth)
                    {
                        report(Pointer(), $"is nested deeper than {TaskLimits.MaxJsonDepth} levels.");
                        return;
                    }

                    _levels.Add(new Level(reader.TokenType == JsonTokenType.StartObject));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _levels.RemoveAt(_levels.Count - 1);
                    break;
                case JsonTokenType.String:
                    OnValue();
                    Report(JsonText.FindFault(ref reader));
                    break;
                default:
                    OnValue();
                    break;
            }
        }
    }

    private void OnName(ref Utf8JsonReader reader)
    {
        var level = _levels[^1];
        var fault = JsonText.FindFault(ref reader);
        if (fault is not null)
        {
            // Such a name cannot be decoded, so the pointer shows it as it was written.
            level.Name = Encoding.UTF8.GetString(reader.ValueSpan);
            Report(fault);
            return;
        }

        level.Name = reader.GetString()!;
        if (!level.Names!.Add(level.Name))
        {
            report(Pointer(), "is a duplicate member.");
        }
    }

    private void OnValue()
    {
        if (_levels.Count > 0 && _levels[^1].Names is null)
        {
            _levels[^1].Index++;
        }
    }

    private void Report(string? fault)
    {
        if (fault is not null)
        {
            report(Pointer(), fault);
        }
    }

    private string Pointer() => _levels.Aggregate(
        JsonPointer.Root,
        (pointer, level) => level.Names is null ? JsonPointer.Append(pointer, level.Index) : JsonPointer.Append(pointer, level.Name));

    private sealed class Level(bool isObject)
    {
        public HashSet<string>? Names { get; } = isObject ? new HashSet<string>(StringComparer.Ordinal) : null;
        public string Name { get; set; } = "";
        public int Index { get; set; } = -1;
    }
}

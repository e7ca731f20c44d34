using System.Globalization;
using System.Text.Json;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.Tasks;

/// <summary>A task's output as it runs on, with its progress on lines of its own.</summary>
internal sealed class OutputLog(Printer printer)
{
    private bool _isMidLine;

    public void Add(EventResponse entry)
    {
        if (entry.Type is not ("task.chunk" or "task.progress"))
        {
            return;
        }

        if (!printer.IsTable)
        {
            printer.Line(entry, EventLines.Of);
            return;
        }

        using var data = JsonDocument.Parse(entry.Data?.Utf8 ?? "{}"u8.ToArray());
        if (entry.Type == "task.chunk")
        {
            AddText(Member(data.RootElement, "text") ?? "");
        }
        else
        {
            End();
            var fraction = data.RootElement.TryGetProperty("fraction", out var number) && number.TryGetDouble(out var share) ? share : 0;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{fraction * 100:0} %] {VisibleText.Of(Member(data.RootElement, "message") ?? "")}").TrimEnd());
        }
    }

    /// <summary>Ends the line that was begun.</summary>
    public void End()
    {
        if (_isMidLine)
        {
            Console.WriteLine();
            _isMidLine = false;
        }
    }

    private void AddText(string text)
    {
        Console.Write(VisibleText.Lines(text));
        _isMidLine = text.Length > 0 ? text[^1] != '\n' : _isMidLine;
    }

    private static string? Member(JsonElement data, string name) =>
        data.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}

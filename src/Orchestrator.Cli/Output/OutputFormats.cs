namespace Orchestrator.Cli.Output;

/// <summary>The formats by their names.</summary>
internal static class OutputFormats
{
    public static string[] Names { get; } = ["table", "json", "jsonl"];

    public static bool TryParse(string name, out OutputFormat format)
    {
        var index = Array.IndexOf(Names, name);
        format = index < 0 ? OutputFormat.Table : (OutputFormat)index;
        return index >= 0;
    }
}

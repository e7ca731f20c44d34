namespace Orchestrator.Cli.Output;

/// <summary>A column of a list.</summary>
/// <param name="Text">What it shows of an item; null for nothing.</param>
/// <param name="Width">How wide it may be; longer text is cut.</param>
internal sealed record Column<T>(string Header, Func<T, string?> Text, int Width = 48);

namespace Orchestrator.TestKit.Otlp;

/// <summary>A span as a collector got it; ids in hexadecimal, values of attributes as text.</summary>
/// <param name="Links">The spans that it links to.</param>
public sealed record ReceivedSpan(
    string Service, string TraceId, string SpanId, string ParentId, string Name, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Links, bool IsError, TimeSpan Duration);

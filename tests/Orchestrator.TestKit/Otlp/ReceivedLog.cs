namespace Orchestrator.TestKit.Otlp;

/// <summary>A line of a log as a collector got it.</summary>
public sealed record ReceivedLog(string Service, string TraceId, string Body, IReadOnlyDictionary<string, string> Attributes);

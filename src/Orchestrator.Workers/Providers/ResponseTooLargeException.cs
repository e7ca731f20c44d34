namespace Orchestrator.Workers.Providers;

/// <summary>A provider answered more than is read.</summary>
internal sealed class ResponseTooLargeException(int limit) : IOException($"The response has more than {limit} bytes.");

namespace Orchestrator.TestKit.Models;

public sealed record ModelUsage(int Input, int Output, int Cached = 0, int Reasoning = 0);

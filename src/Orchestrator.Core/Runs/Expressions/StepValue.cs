using System.Text.Json;

namespace Orchestrator.Core.Runs.Expressions;

/// <summary>What expressions see of an ended step. <paramref name="Output"/> is only looked at by those that read it.</summary>
public sealed record StepValue(string Status, Func<JsonElement> Output, string? ErrorCode, string? ErrorMessage);

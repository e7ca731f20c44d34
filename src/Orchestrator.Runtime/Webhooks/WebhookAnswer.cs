namespace Orchestrator.Runtime.Webhooks;

/// <summary>What came of one request.</summary>
/// <param name="Status">The status of the answer; null when none came.</param>
/// <param name="Error">Why the receiver does not have the event; null when it has.</param>
/// <param name="RetryAfter">How long the receiver asked to wait.</param>
public sealed record WebhookAnswer(int? Status, string? Error, TimeSpan? RetryAfter);

using Orchestrator.Core.Retries;

namespace Orchestrator.Runtime.Remote;

/// <summary>An action as it is configured for remote workers.</summary>
/// <param name="MaxCost">What an attempt costs at most, in the currency of the usage; null when that is not known.</param>
/// <param name="Provider">The provider that its attempts use; null for none.</param>
public sealed record RemoteAction(string Name, RetryPolicy Retries, decimal? MaxCost, string? Provider);

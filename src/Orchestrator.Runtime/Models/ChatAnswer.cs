using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Models;

/// <param name="Usage">As the provider counts it; null when it does not say.</param>
public sealed record ChatAnswer(string Text, TaskUsage? Usage);

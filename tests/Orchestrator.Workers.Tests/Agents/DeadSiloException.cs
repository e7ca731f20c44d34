namespace Orchestrator.Workers.Tests.Agents;

/// <summary>The process ended here.</summary>
internal sealed class DeadSiloException : Exception;

namespace Orchestrator.TestKit.Models;

/// <summary>Has a <see cref="ModelEndpoint"/> cut the connection.</summary>
public sealed class ModelCutException() : Exception("The connection is cut here.");

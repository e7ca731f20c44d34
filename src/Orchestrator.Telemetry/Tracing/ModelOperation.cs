namespace Orchestrator.Telemetry.Tracing;

/// <summary>What a model is called for.</summary>
public enum ModelOperation
{
    /// <summary>To continue a conversation.</summary>
    Chat,

    /// <summary>To place texts.</summary>
    Embeddings,
}

using System.Diagnostics;

namespace Orchestrator.Telemetry.Tracing;

/// <summary>
/// Spans of calls of models and of tools, named as OpenTelemetry's conventions for generative AI have it. They tell who was called, what
/// it used and how it ended; what was said is not in them.
/// </summary>
public static class ModelTraces
{
    private const int MaxToolName = 100;

    /// <summary>A call of a model begins; null while nobody looks.</summary>
    /// <param name="address">Where the provider is.</param>
    public static ModelSpan? Call(ModelOperation operation, string provider, string model, Uri? address)
    {
        var name = operation == ModelOperation.Chat ? "chat" : "embeddings";

        // Asked first, because names cost a string even where nobody looks.
        if (!OrchestratorSource.Source.HasListeners() || OrchestratorSource.Source.StartActivity($"{name} {model}", ActivityKind.Client) is not { } activity)
        {
            return null;
        }

        activity.SetTag("gen_ai.operation.name", name);
        activity.SetTag("gen_ai.provider.name", provider);
        activity.SetTag("gen_ai.request.model", model);
        if (address is not null)
        {
            activity.SetTag("server.address", address.Host);
            activity.SetTag("server.port", address.Port);
        }

        return new ModelSpan(activity);
    }

    /// <summary>A tool that a model asked for is called; null while nobody looks.</summary>
    /// <param name="name">As the model wrote it.</param>
    /// <param name="callId">As the model gave it.</param>
    public static ModelSpan? Tool(string name, string callId)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!OrchestratorSource.Source.HasListeners())
        {
            return null;
        }

        name = name.Length > MaxToolName ? name[..MaxToolName] : name;
        if (OrchestratorSource.Source.StartActivity($"execute_tool {name}") is not { } activity)
        {
            return null;
        }

        activity.SetTag("gen_ai.operation.name", "execute_tool");
        activity.SetTag("gen_ai.tool.name", name);
        activity.SetTag("gen_ai.tool.call.id", callId);
        return new ModelSpan(activity);
    }
}

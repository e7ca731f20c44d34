using System.Diagnostics;

namespace Orchestrator.Telemetry.Tracing;

/// <summary>A call of a model or of a tool that somebody looks at. It ends when it is disposed.</summary>
public sealed class ModelSpan : IDisposable
{
    private readonly Activity _activity;

    internal ModelSpan(Activity activity) => _activity = activity;

    /// <summary>What it has used.</summary>
    public void Used(long inputTokens, long outputTokens)
    {
        _activity.SetTag("gen_ai.usage.input_tokens", inputTokens);
        _activity.SetTag("gen_ai.usage.output_tokens", outputTokens);
    }

    /// <param name="type">One of a few names fixed in code.</param>
    public void Failed(string type)
    {
        _activity.SetTag("error.type", type);
        _activity.SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose() => _activity.Dispose();
}

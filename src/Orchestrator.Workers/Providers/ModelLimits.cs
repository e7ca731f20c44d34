namespace Orchestrator.Workers.Providers;

/// <summary>How long a model may take, and how much it may say. Whoever calls bounds the whole beside that.</summary>
public sealed record ModelLimits
{
    public static ModelLimits Default { get; } = new();

    /// <summary>Until the first piece of a streamed answer.</summary>
    public TimeSpan FirstToken { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two pieces of a streamed answer.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For the whole of an answer that is not streamed.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Of one response, streamed or not.</summary>
    public int MaxResponseBytes { get; init; } = 8 * 1024 * 1024;
}

using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Runtime.Options;

/// <summary>Who judges how much tasks matter. Section <c>Priorities</c>; see <c>docs/priorities.md</c>.</summary>
public sealed class PriorityOptions
{
    public const string Section = "Priorities";

    /// <summary>The model that scores tasks after they were submitted, as <c>provider/model</c>; it is shown goal, action, name, description and the beginning of the texts in the input. Default: none; the heuristic alone scores.</summary>
    public string? Model { get; set; }

    /// <summary>The model whose embeddings find tasks that ask for the same thing, as <c>provider/model</c>. Default: none; the built-in normaliser alone finds them.</summary>
    public string? EmbeddingModel { get; set; }

    /// <summary>How long one scoring may take, embedding and all. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many scorings of this process run at the same time. Default: 4.</summary>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 4;

    /// <summary>The budget: how many scorings a minute this process pays for a workspace; what the cache answers is free. Default: 60.</summary>
    [Range(1, 1_000_000)]
    public int CallsPerMinute { get; set; } = 60;

    /// <summary>How many tasks may wait to be looked at; beyond it, new ones keep the heuristic's score. Default: 10,000.</summary>
    [Range(1, 1_000_000)]
    public int QueueSize { get; set; } = 10_000;
}

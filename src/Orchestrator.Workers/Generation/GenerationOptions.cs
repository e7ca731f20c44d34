using System.ComponentModel.DataAnnotations;
using Orchestrator.Core.Tasks;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Generation;

/// <summary>Which models do the work of <c>generation.text</c>, <c>generation.json</c> and <c>embeddings</c>. Section <c>Generation</c>; see <c>docs/generation.md</c>.</summary>
public sealed class GenerationOptions
{
    public const string Section = "Generation";

    /// <summary>How the reason begins for which an action is not served because nobody has set it up.</summary>
    public const string NoModel = "No model is configured";

    /// <summary>The model that texts and JSON come from where a task names none, as <c>provider/model</c>. Default: none; <c>generation.text</c> and <c>generation.json</c> cannot be served.</summary>
    public string? Model { get; set; }

    /// <summary>The models that are asked when <c>Generation:Model</c> fails, one after another, each as <c>provider/model</c>. Default: none.</summary>
    public List<string>? Fallbacks { get; set; }

    /// <summary>The model that vectors come from where a task names none, as <c>provider/model</c>. Default: none; <c>embeddings</c> cannot be served.</summary>
    public string? EmbeddingModel { get; set; }

    /// <summary>The most tokens that an answer may have; tasks may ask for less. Default: 4,096.</summary>
    [Range(1, 10_000_000)]
    public int MaxOutputTokens { get; set; } = 4_096;

    /// <summary>The most bytes of text that a task may send to a model. Together with <c>Generation:MaxOutputTokens</c> and the prices it says what an attempt reserves of a budget. Default: 1,048,576.</summary>
    [Range(1, TaskLimits.MaxInputBytes)]
    public int MaxInputBytes { get; set; } = TaskLimits.MaxInputBytes;

    /// <summary>How long a model may take until the first piece of a streamed answer. Default: 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan FirstTokenTimeout { get; set; } = ModelLimits.Default.FirstToken;

    /// <summary>How long a model may take between two pieces of a streamed answer. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = ModelLimits.Default.Idle;

    /// <summary>How long a model may take for an answer that is not streamed: JSON and vectors. Default: 100 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan AnswerTimeout { get; set; } = ModelLimits.Default.Answer;

    public ModelLimits ToLimits() => new() { FirstToken = FirstTokenTimeout, Idle = IdleTimeout, Answer = AnswerTimeout };
}

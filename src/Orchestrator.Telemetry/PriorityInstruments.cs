using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>Scores by models, and what they cost.</summary>
public sealed class PriorityInstruments
{
    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;
    private readonly Counter<long> _scored;
    private readonly Counter<long> _fallbacks;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _tokens;
    private readonly Histogram<double> _duration;

    public PriorityInstruments(OrchestratorMeter meter)
    {
        var source = meter.Meter;
        _hits = source.CreateCounter<long>(InstrumentNames.PriorityCacheHits, null, "Tasks that another task's score served, by what told that they are alike.");
        _misses = meter.CreateCounter(InstrumentNames.PriorityCacheMisses, "Tasks for which the cache had no score.");
        _scored = source.CreateCounter<long>(InstrumentNames.PriorityScores, null, "Scores that took the place of the heuristic's, by source.");
        _fallbacks = source.CreateCounter<long>(InstrumentNames.PriorityFallbacks, null, "Tasks that kept the heuristic's score, by reason.");
        _dropped = meter.CreateCounter(InstrumentNames.PriorityDropped, "Tasks that were not looked at because too many waited for it; they keep the heuristic's score.");
        _tokens = source.CreateCounter<long>(InstrumentNames.PriorityTokens, null, "Tokens that scoring used, by kind.");
        _duration = source.CreateHistogram(InstrumentNames.PriorityModelDuration, "s", "Time of one call of a model for a score, whatever came of it.", advice: HistogramBounds.Work);
    }

    /// <param name="kind">One of <c>fingerprint</c>, <c>embedding</c> and <c>flight</c>: an equal task was being scored.</param>
    public void OnCacheHit(string kind) => _hits.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void OnCacheMiss() => _misses.Add(1);

    public void OnScored(string source) => _scored.Add(1, new KeyValuePair<string, object?>("source", source));

    /// <param name="reason">One of a few names fixed in code.</param>
    public void OnFallback(string reason, int tasks) => _fallbacks.Add(tasks, new KeyValuePair<string, object?>("reason", reason));

    public void OnDropped(int tasks) => _dropped.Add(tasks);

    public void OnUsed(long inputTokens, long outputTokens)
    {
        _tokens.Add(inputTokens, new KeyValuePair<string, object?>("kind", "input"));
        _tokens.Add(outputTokens, new KeyValuePair<string, object?>("kind", "output"));
    }

    /// <param name="model"><c>chat</c> or <c>embedding</c>.</param>
    public void OnCalled(string model, TimeSpan took) => _duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("model", model));
}

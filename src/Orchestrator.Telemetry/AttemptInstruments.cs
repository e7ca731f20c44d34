using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>What happens to attempts, and through them to tasks.</summary>
public sealed class AttemptInstruments
{
    private static readonly string[] TokenKinds = ["input", "output", "cached", "reasoning"];

    private readonly LabelCap _actions = new();
    private readonly LabelCap _codes = new();
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _queueDuration;
    private readonly Counter<long> _completed;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _abandoned;
    private readonly Counter<long> _handedBack;
    private readonly Counter<long> _waits;
    private readonly Counter<long> _questions;
    private readonly Counter<long> _givenUp;
    private readonly Counter<long> _chunksDropped;
    // Not whole numbers, which would begin anew below zero.
    private readonly Counter<double> _tokens;
    private readonly Counter<double> _cost;

    public AttemptInstruments(OrchestratorMeter meter)
    {
        var source = meter.Meter;
        _duration = source.CreateHistogram(InstrumentNames.TaskDuration, "s", "Time an attempt ran.", advice: HistogramBounds.Work);
        _queueDuration = source.CreateHistogram(InstrumentNames.TaskQueueDuration, "s", "Time a task was ready before an attempt started.", advice: HistogramBounds.Work);
        _completed = source.CreateCounter<long>(InstrumentNames.TasksCompleted, null, "Tasks whose result was accepted.");
        _retries = source.CreateCounter<long>(InstrumentNames.TaskRetries, null, "Attempts that failed and are repeated.");
        _failures = source.CreateCounter<long>(InstrumentNames.TaskFailures, null, "Tasks that failed for good, by error code.");
        _abandoned = source.CreateCounter<long>(InstrumentNames.AttemptsAbandoned, null, "Attempts whose worker ignored its cancellation.");
        _handedBack = source.CreateCounter<long>(InstrumentNames.AttemptsHandedBack, null, "Attempts that a draining silo handed back.");
        _waits = source.CreateCounter<long>(InstrumentNames.ChildrenWaits, null, "Attempts that ended to wait for the children of their task.");
        _questions = source.CreateCounter<long>(InstrumentNames.ApprovalWaits, null, "Attempts that ended to wait for a person's decision.");
        _givenUp = source.CreateCounter<long>(InstrumentNames.SettlementsGivenUp, null, "Ends of attempts that could not be written before the lease ran out.");
        _tokens = source.CreateCounter<double>(InstrumentNames.Tokens, null, "Tokens that accepted ends of attempts have used, by kind; cached ones are among the input, reasoning ones among the output.");
        _cost = source.CreateCounter<double>(InstrumentNames.Cost, null, "What accepted ends of attempts have cost, in the currency of the prices.");
        _chunksDropped = meter.CreateCounter(InstrumentNames.ChunksDropped, "Pieces of output dropped because the store did not keep up.");
    }

    public void OnAttemptStarted(string action, TimeSpan waited) => _queueDuration.Record(waited.TotalSeconds, Action(action));

    public void OnAttemptEnded(string action, TimeSpan ran) => _duration.Record(ran.TotalSeconds, Action(action));

    public void OnTaskCompleted(string action) => _completed.Add(1, Action(action));

    public void OnTaskRetried(string action) => _retries.Add(1, Action(action));

    public void OnTaskFailed(string code) => _failures.Add(1, new KeyValuePair<string, object?>("code", _codes.Of(code)));

    public void OnAttemptAbandoned(string action) => _abandoned.Add(1, Action(action));

    public void OnHandedBack(string action) => _handedBack.Add(1, Action(action));

    public void OnWaitingForChildren(string action) => _waits.Add(1, Action(action));

    public void OnWaitingForApproval(string action) => _questions.Add(1, Action(action));

    public void OnSettlementGivenUp(string action) => _givenUp.Add(1, Action(action));

    /// <summary>An attempt that said what it used has ended.</summary>
    public void OnUsed(string action, long inputTokens, long outputTokens, long cachedTokens, long reasoningTokens, double cost)
    {
        var label = Action(action);
        _tokens.Add(inputTokens, label, Kind("input"));
        _tokens.Add(outputTokens, label, Kind("output"));
        _tokens.Add(cachedTokens, label, Kind("cached"));
        _tokens.Add(reasoningTokens, label, Kind("reasoning"));
        _cost.Add(cost, label);
    }

    public void OnChunkDropped() => _chunksDropped.Add(1);

    /// <summary>Shows actions before they have had an attempt: what the first one spends between two scrapes is a rise too.</summary>
    public void OnActionsKnown(IEnumerable<string> actions)
    {
        foreach (var action in actions)
        {
            Action(action);
        }
    }

    /// <summary>Shows a code with which tasks may fail before one has.</summary>
    public void OnCodeKnown(string code) => _failures.Add(0, new KeyValuePair<string, object?>("code", _codes.Of(code)));

    private static KeyValuePair<string, object?> Kind(string kind) => new("kind", kind);

    private KeyValuePair<string, object?> Action(string action)
    {
        var label = new KeyValuePair<string, object?>("action", _actions.Of(action, out var isNew));
        if (isNew)
        {
            // What has risen before it is seen for the first time has no rate.
            _completed.Add(0, label);
            _retries.Add(0, label);
            _abandoned.Add(0, label);
            _handedBack.Add(0, label);
            _givenUp.Add(0, label);
            _waits.Add(0, label);
            _questions.Add(0, label);
            foreach (var kind in TokenKinds)
            {
                _tokens.Add(0, label, Kind(kind));
            }

            _cost.Add(0, label);
        }

        return label;
    }
}

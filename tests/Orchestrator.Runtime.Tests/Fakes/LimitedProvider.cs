using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Runtime.Tests.Fakes;

/// <summary>A provider that enforces a rate by itself, in its own way: whoever calls too often gets a 429 with <c>Retry-After: 1</c>.</summary>
internal sealed class LimitedProvider(double capacity, double perSecond)
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<(TimeSpan Began, TimeSpan At, string Silo, bool Accepted)> _calls = [];
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private double _capacity = capacity;
    private double _perSecond = perSecond;
    private double _tokens = capacity;
    private TimeSpan _last;

    /// <summary>When the worker set out, when the call arrived, from where, and the answer.</summary>
    public IReadOnlyList<(TimeSpan Began, TimeSpan At, string Silo, bool Accepted)> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    public int Accepted => Calls.Count(static call => call.Accepted);

    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_start);

    /// <summary>Enforces other limits from now on, and tells nobody.</summary>
    public void Cut(double capacity, double perSecond)
    {
        lock (_lock)
        {
            RefillNeedsLock();
            (_capacity, _perSecond) = (capacity, perSecond);
            _tokens = Math.Min(_tokens, capacity);
        }
    }

    /// <summary>A worker that calls it, with the way there of a real network.</summary>
    public FakeExecutor WorkerOf(string silo) => new(async (_, token) =>
    {
        var began = Now;
        await Task.Delay(Random.Shared.Next(1, 30), token);
        return TryCall(silo, began)
            ? FakeExecutor.Success()
            : new AttemptResult.Failure(TaskError.Of(ErrorCodes.RateLimited, "429"), RetryAfter);
    });

    private bool TryCall(string silo, TimeSpan began)
    {
        lock (_lock)
        {
            RefillNeedsLock();
            var accepted = _tokens >= 1;
            _tokens -= accepted ? 1 : 0;
            _calls.Add((began, _last, silo, accepted));
            return accepted;
        }
    }

    private void RefillNeedsLock()
    {
        var now = Now;
        _tokens = Math.Min(_capacity, _tokens + ((now - _last).TotalSeconds * _perSecond));
        _last = now;
    }
}

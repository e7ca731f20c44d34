namespace Orchestrator.Runtime.Batching;

/// <summary>How large a batch may be now: halved while flushes keep failing, doubled after each success.</summary>
/// <param name="max">The size while all is well.</param>
internal sealed class BatchSize(int max)
{
    /// <summary>One failure may be anything; from the second in a row on, smaller batches are tried.</summary>
    private const int FailuresBeforeShrinking = 2;

    private const int SmallestShare = 64;

    private int _failures;
    private int _shrunkBy = 1;

    public int Current => Math.Max(1, max / _shrunkBy);

    public void OnSuccess()
    {
        _failures = 0;
        _shrunkBy = Math.Max(1, _shrunkBy / 2);
    }

    public void OnFailure()
    {
        if (++_failures >= FailuresBeforeShrinking)
        {
            _shrunkBy = Math.Min(SmallestShare, _shrunkBy * 2);
        }
    }
}

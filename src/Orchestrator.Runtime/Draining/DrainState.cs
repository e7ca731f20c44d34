namespace Orchestrator.Runtime.Draining;

/// <summary>Whether this process drains: it claims nothing more and is not ready for traffic.</summary>
public sealed class DrainState
{
    private int _draining;

    /// <summary>Raised once, when draining begins.</summary>
    public event Action? Began;

    public bool IsDraining => Volatile.Read(ref _draining) != 0;

    public void Begin()
    {
        if (Interlocked.Exchange(ref _draining, 1) == 0)
        {
            Began?.Invoke();
        }
    }
}

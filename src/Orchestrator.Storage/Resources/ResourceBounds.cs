using Orchestrator.Core.Resources;

namespace Orchestrator.Storage.Resources;

/// <summary>What a resource gives; exactly one of the nested records.</summary>
public abstract record ResourceBounds
{
    private ResourceBounds()
    {
    }

    /// <summary>The most that one task can ever get.</summary>
    public abstract int Most { get; }

    /// <summary>A bucket of tokens.</summary>
    /// <param name="Capacity">The most it holds, in tokens.</param>
    /// <param name="RefillPerSecond">In tokens; kept to the millionth, rounded down.</param>
    public sealed record Bucket(int Capacity, decimal RefillPerSecond) : ResourceBounds
    {
        public override int Most => Capacity;

        /// <summary>The same in the unit of <see cref="TokenBucket"/>.</summary>
        internal long RefillUnits => (long)decimal.Floor(RefillPerSecond * TokenBucket.Token);
    }

    /// <summary>A semaphore: permits are held while an attempt runs.</summary>
    public sealed record Semaphore(int Permits) : ResourceBounds
    {
        public override int Most => Permits;
    }
}

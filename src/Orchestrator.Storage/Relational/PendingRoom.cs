using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>What a transaction may let into its workspaces, from the shares of this process.</summary>
internal sealed class PendingRoom(PendingShares shares)
{
    private readonly Dictionary<long, Taken> _taken = [];
    private readonly Dictionary<long, Full> _full = [];
    private readonly Dictionary<long, PendingCount> _caps = [];
    private readonly Dictionary<long, long> _ended = [];
    private readonly Dictionary<long, long> _freed = [];

    private readonly record struct Taken(long Epoch, PendingCount Left);

    private sealed record Full(PendingCount Cap, bool Tripped);

    /// <summary>Says that the transaction has ended so many tasks, none of them delegated.</summary>
    public void Free(long workspaceKey, int tasks) => _ended[workspaceKey] = _ended.GetValueOrDefault(workspaceKey) + tasks;

    /// <summary>The workspaces of which the shares are too small, while the transaction has ended tasks of theirs.</summary>
    public long[] FindShort(IReadOnlyDictionary<long, PendingCount> wanted, IReadOnlyDictionary<long, long> epochs) => _ended.Count == 0
        ? []
        : [.. wanted.Where(one => _ended.ContainsKey(one.Key) && !shares.Cover(one.Key, epochs[one.Key], one.Value)).Select(static one => one.Key)];

    /// <summary>
    /// Lets tasks take the room of those that the transaction has ended: with its commit there are no more live ones than before. The
    /// workspace has none beyond its cap, and the transaction keeps that from being changed.
    /// </summary>
    public void UseEnded(long workspaceKey)
    {
        if (_ended.Remove(workspaceKey, out var tasks))
        {
            _freed[workspaceKey] = _freed.GetValueOrDefault(workspaceKey) + tasks;
        }
    }

    /// <summary>What one submission may want: nothing when it is known to be larger than the cap itself.</summary>
    public PendingCount WhatMayFit(long workspaceKey, PendingCount wanted) => IsLargerThanCap(workspaceKey, wanted) ? default : wanted;

    /// <summary>Takes as much as is wanted from the shares; where a count has left less, what there is.</summary>
    /// <param name="wanted">By the key of the workspace.</param>
    /// <param name="epochs">By the key of the workspace, read under its lock.</param>
    /// <exception cref="RoomNeededException">A share is too small, and there may be more.</exception>
    public void Take(IReadOnlyDictionary<long, PendingCount> wanted, IReadOnlyDictionary<long, long> epochs)
    {
        Dictionary<long, PendingCount>? needed = null;
        foreach (var (key, count) in wanted)
        {
            var rest = count with { Total = Math.Max(0, count.Total - _freed.GetValueOrDefault(key)) };
            var taken = shares.Take(key, epochs[key], rest, all: !_full.ContainsKey(key));
            if (taken is { } part)
            {
                var before = _taken.GetValueOrDefault(key);
                _taken[key] = new Taken(epochs[key], before.Epoch == epochs[key] ? before.Left + part : part);
            }
            else
            {
                (needed ??= []).Add(key, rest);
            }
        }

        if (needed is not null)
        {
            throw new RoomNeededException(needed);
        }
    }

    /// <summary>Lets tasks in, or answers why not.</summary>
    public SubmissionResult? Refuse(long workspaceKey, PendingCount wanted)
    {
        if (IsLargerThanCap(workspaceKey, wanted))
        {
            var cap = _caps[workspaceKey];
            return cap.Total < wanted.Total
                ? new SubmissionResult.LargerThanPendingCap(false, cap.Total)
                : new SubmissionResult.LargerThanPendingCap(true, cap.Delegated);
        }

        var taken = _taken[workspaceKey];
        var freed = _freed.GetValueOrDefault(workspaceKey);
        if ((taken.Left with { Total = taken.Left.Total + freed }).Covers(wanted))
        {
            var used = Math.Min(freed, wanted.Total);
            _freed[workspaceKey] = freed - used;
            _taken[workspaceKey] = taken with { Left = taken.Left - (wanted with { Total = wanted.Total - used }) };
            return null;
        }

        var full = _full[workspaceKey];
        _full[workspaceKey] = full with { Tripped = false };
        var isDelegated = taken.Left.Total + freed >= wanted.Total;
        return new SubmissionResult.PendingCapReached(isDelegated, isDelegated ? full.Cap.Delegated : full.Cap.Total) { Tripped = full.Tripped };
    }

    /// <summary>Returns to the shares what was not used. The transaction has committed, or was rolled back and is run again.</summary>
    public void GiveBack()
    {
        foreach (var (key, taken) in _taken)
        {
            shares.Add(key, taken.Epoch, taken.Left);
        }

        _taken.Clear();
        _ended.Clear();
        _freed.Clear();
    }

    /// <summary>Says what the cap is.</summary>
    public void Learn(long workspaceKey, PendingCount cap) => _caps[workspaceKey] = cap;

    public bool Knows(long workspaceKey, PendingCount cap) => _caps.TryGetValue(workspaceKey, out var known) && known == cap;

    /// <summary>Says that a count has just been made, and that there is no room for all that was wanted.</summary>
    public void SetFull(long workspaceKey, PendingCount cap, bool tripped) => _full[workspaceKey] = new Full(cap, tripped || _full.GetValueOrDefault(workspaceKey)?.Tripped == true);

    private bool IsLargerThanCap(long workspaceKey, PendingCount wanted) => _caps.TryGetValue(workspaceKey, out var cap) && !cap.Covers(wanted);
}

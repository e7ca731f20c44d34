using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>What a transaction may let into its workspaces, from the shares of this process.</summary>
internal sealed class PendingRoom(PendingShares shares)
{
    private readonly Dictionary<long, Taken> _taken = [];
    private readonly Dictionary<long, Full> _full = [];
    private readonly Dictionary<long, PendingCount> _caps = [];

    private readonly record struct Taken(long Epoch, PendingCount Left);

    private sealed record Full(PendingCount Cap, bool Tripped);

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
            var taken = shares.Take(key, epochs[key], count, all: !_full.ContainsKey(key));
            if (taken is { } part)
            {
                var before = _taken.GetValueOrDefault(key);
                _taken[key] = new Taken(epochs[key], before.Epoch == epochs[key] ? before.Left + part : part);
            }
            else
            {
                (needed ??= []).Add(key, count);
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
        if (taken.Left.Covers(wanted))
        {
            _taken[workspaceKey] = taken with { Left = taken.Left - wanted };
            return null;
        }

        var full = _full[workspaceKey];
        _full[workspaceKey] = full with { Tripped = false };
        var isDelegated = taken.Left.Total >= wanted.Total;
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
    }

    /// <summary>Says what the cap is.</summary>
    public void Learn(long workspaceKey, PendingCount cap) => _caps[workspaceKey] = cap;

    public bool Knows(long workspaceKey, PendingCount cap) => _caps.TryGetValue(workspaceKey, out var known) && known == cap;

    /// <summary>Says that a count has just been made, and that there is no room for all that was wanted.</summary>
    public void SetFull(long workspaceKey, PendingCount cap, bool tripped) => _full[workspaceKey] = new Full(cap, tripped || _full.GetValueOrDefault(workspaceKey)?.Tripped == true);

    private bool IsLargerThanCap(long workspaceKey, PendingCount wanted) => _caps.TryGetValue(workspaceKey, out var cap) && !cap.Covers(wanted);
}

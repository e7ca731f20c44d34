using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Time;
using Orchestrator.Telemetry.Tracing;

namespace Orchestrator.Runtime.Remote;

/// <summary>The spans of the attempts that this process has given to remote workers. There are none where nobody looks.</summary>
public sealed class RemoteSpans(IOptions<LeaseOptions> leaseOptions, TimeProvider timeProvider)
{
    private readonly ConcurrentDictionary<Guid, OpenSpan> _open = new();

    /// <summary>Begins the span of an attempt; answers what its worker goes on with, as a <c>traceparent</c>, or null where there is no trace.</summary>
    public string? Begin(RemoteAttempt attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var task = attempt.Task;
        if (AttemptTraces.BeginElsewhere(task.Lease.TaskId, task.Workspace, task.Action, task.Attempt, task.Waited, task.TraceParent, attempt.Turn) is not { } span)
        {
            return task.TraceParent;
        }

        if (task.Step is { } step)
        {
            span.OfRun(step.RunId, step.Key);
        }

        _open[task.Lease.Token] = new OpenSpan(span, NextLook());
        return span.TraceParent;
    }

    /// <summary>Gives out the span of an attempt that has ended, to whoever comes first; they tell how it ended, and end it.</summary>
    internal AttemptSpan? Take(Guid token) => _open.TryRemove(token, out var open) ? open.Span : null;

    /// <summary>The attempts of which this process has not heard for as long as a lease: another one may have heard of their ends.</summary>
    internal IReadOnlyList<Guid> FindSilent()
    {
        var now = timeProvider.GetTimestamp();
        return _open.IsEmpty ? [] : [.. _open.Where(open => open.Value.LookAt <= now).Select(static open => open.Key)];
    }

    /// <summary>An attempt still runs.</summary>
    internal void OnRunning(Guid token)
    {
        if (_open.TryGetValue(token, out var open))
        {
            _open.TryUpdate(token, open with { LookAt = NextLook() }, open);
        }
    }

    /// <summary>Ends those that are open: their workers go on, and another process will hear of it.</summary>
    internal void Leave()
    {
        foreach (var token in _open.Keys)
        {
            using var span = Take(token);
            span?.Ended("left");
        }
    }

    private long NextLook() => timeProvider.Add(timeProvider.GetTimestamp(), leaseOptions.Value.Duration);

    private sealed record OpenSpan(AttemptSpan Span, long LookAt);
}

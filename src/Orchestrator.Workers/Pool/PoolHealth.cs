using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Workers.Pool;

/// <summary>Whether the pool's actions can be served now, and if not, why.</summary>
internal sealed partial class PoolHealth(string worker, IReadOnlyList<string> actions, PoolQueue queue, PoolActivity activity, ILogger logger)
{
    public const string Starting = "the worker process is starting";

    private readonly Lock _gate = new();
    private FrozenSet<string> _announced = FrozenSet<string>.Empty;
    private string? _reason = Starting;
    private int _live;

    /// <summary>Raised after an answer of <see cref="ReasonFor"/> may have changed.</summary>
    public event Action? Changed;

    /// <summary>Why the action cannot be served; null when it can.</summary>
    public string? ReasonFor(string action)
    {
        lock (_gate)
        {
            return _reason ?? (_announced.Contains(action) ? null : $"the worker process ({worker}) does not announce {action}");
        }
    }

    public void OnReady(IReadOnlyList<string> announced)
    {
        bool changed;
        lock (_gate)
        {
            _live++;
            changed = _reason is not null || !_announced.SetEquals(announced);
            _reason = null;
            _announced = announced.ToFrozenSet(StringComparer.Ordinal);
        }

        activity.Touch();
        if (changed)
        {
            LogReady(logger, worker, string.Join(", ", announced));
            foreach (var missing in actions.Except(announced))
            {
                LogMissing(logger, worker, missing);
            }

            Changed?.Invoke();
        }
    }

    /// <summary>A process that was ready is gone. The actions stay servable: another one takes its place.</summary>
    public void OnEnded()
    {
        lock (_gate)
        {
            _live--;
        }
    }

    public void OnStartFailed(string reason)
    {
        bool changed;
        bool nobody;
        lock (_gate)
        {
            nobody = _live == 0;
            changed = nobody && _reason != reason;
            _reason = nobody ? reason : _reason;
        }

        if (changed)
        {
            LogUnavailable(logger, worker, reason);
        }
        else
        {
            LogStartFailed(logger, worker, reason);
        }

        if (nobody)
        {
            queue.FailWaiting($"No worker process could be started: {reason}.");
        }

        if (changed)
        {
            Changed?.Invoke();
        }
    }

    [LoggerMessage(4041, LogLevel.Information, "Worker {Worker} is ready for {Actions}.")]
    private static partial void LogReady(ILogger logger, string worker, string actions);

    [LoggerMessage(4042, LogLevel.Warning, "Worker {Worker} does not announce {Action}, which is configured for it.")]
    private static partial void LogMissing(ILogger logger, string worker, string action);

    [LoggerMessage(4043, LogLevel.Warning, "Worker {Worker} cannot serve: {Reason}. It is tried again.")]
    private static partial void LogUnavailable(ILogger logger, string worker, string reason);

    [LoggerMessage(4044, LogLevel.Debug, "Worker {Worker} could not be started: {Reason}.")]
    private static partial void LogStartFailed(ILogger logger, string worker, string reason);
}

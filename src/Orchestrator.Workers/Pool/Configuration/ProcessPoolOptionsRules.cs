using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Orchestrator.Core.Naming;

namespace Orchestrator.Workers.Pool;

/// <summary>What options of a pool must satisfy, whatever they come from.</summary>
internal static class ProcessPoolOptionsRules
{
    public static IReadOnlyList<string> Check(ProcessPoolOptions options)
    {
        var mistakes = new List<string>();
        foreach (var setting in PoolSetting.All)
        {
            var range = typeof(ProcessPoolOptions).GetProperty(setting.Property)!.GetCustomAttribute<RangeAttribute>()!;
            var value = setting.Get(options);
            if (value is { } number && !range.IsValid(number))
            {
                mistakes.Add($"{setting.Key} is {number}; set \"{setting.Key}\", or {setting.Variable}, to a number from {range.Minimum} to {range.Maximum}{(setting.CanBeOff ? ", or to \"off\"" : string.Empty)}.");
            }
        }

        if (options.HeartbeatTimeoutMs <= options.HeartbeatIntervalMs)
        {
            mistakes.Add($"heartbeatTimeoutMs ({options.HeartbeatTimeoutMs}) must be more than heartbeatIntervalMs ({options.HeartbeatIntervalMs}), or every worker looks silent; set it to about three times the interval.");
        }

        CheckWorkers(options, mistakes);
        return mistakes;
    }

    private static void CheckWorkers(ProcessPoolOptions options, List<string> mistakes)
    {
        var owners = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < options.Workers.Count; i++)
        {
            var worker = options.Workers[i];
            if (string.IsNullOrWhiteSpace(worker.Command))
            {
                mistakes.Add($"workers[{i}].command is missing; name the program to run, such as \"python3\".");
            }
            else if (worker.Command.Contains('\0'))
            {
                mistakes.Add($"workers[{i}].command holds a NUL character; remove it.");
            }

            if (worker.Actions.Count == 0)
            {
                mistakes.Add($"workers[{i}].actions is missing; list the actions the worker executes, such as [\"generation.keywords\"].");
            }

            foreach (var action in worker.Actions)
            {
                if (!ResourceName.IsValid(action))
                {
                    mistakes.Add($"workers[{i}].actions: \"{action}\" is not the name of an action; use lower-case letters, digits, '.', '_' and '-', at most {ResourceName.MaxLength} characters.");
                }
                else if (!owners.TryAdd(action, i))
                {
                    mistakes.Add(owners[action] == i
                        ? $"workers[{i}].actions names \"{action}\" twice; remove one."
                        : $"workers[{i}].actions: \"{action}\" belongs to workers[{owners[action]}] already; an action has one worker.");
                }
            }
        }
    }
}

using System.Globalization;
using Orchestrator.Core.Naming;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Runtime.Delegation;

/// <summary>What a child must be for the store to take it; the same bounds as for a caller's task.</summary>
internal static class ChildTaskRules
{
    /// <summary>What keys of children without one begin with.</summary>
    public const char AutomaticKey = '#';

    /// <summary>Every mistake, each with the place of its child.</summary>
    public static IReadOnlyList<string> Check(IReadOnlyList<ChildTask> children)
    {
        if (children.Count > TaskLimits.MaxBatchSize)
        {
            return [string.Create(CultureInfo.InvariantCulture, $"{children.Count} children were to be created; at most {TaskLimits.MaxBatchSize} can be at a time.")];
        }

        return [.. children.SelectMany(static (child, index) => Check(child).Select(mistake => string.Create(CultureInfo.InvariantCulture, $"Child {index}: {mistake}")))];
    }

    private static IEnumerable<string> Check(ChildTask child)
    {
        if (!ResourceName.IsValid(child.Action))
        {
            yield return $"the action must match {ResourceName.Pattern}.";
        }

        if (child.Key is { } key && (key.Length is 0 or > TaskLimits.MaxDelegationKeyLength || key[0] == AutomaticKey || key.Contains('\0', StringComparison.Ordinal)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"the key must have from 1 to {TaskLimits.MaxDelegationKeyLength} characters, not begin with {AutomaticKey} and hold no NUL.");
        }

        if (child.Score is < 0 or > TaskLimits.MaxScore)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"the score must be from 0 to {TaskLimits.MaxScore}.");
        }

        if (child.MaxAttempts is < 1 or > TaskLimits.MaxMaxAttempts)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"maxAttempts must be from 1 to {TaskLimits.MaxMaxAttempts}.");
        }

        if (child.TimeoutMs is < TaskLimits.MinTimeoutMs or > TaskLimits.MaxTimeoutMs)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"timeoutMs must be from {TaskLimits.MinTimeoutMs} to {TaskLimits.MaxTimeoutMs}.");
        }

        foreach (var (what, text, most) in new[] { ("name", child.Name, TaskLimits.MaxNameLength), ("description", child.Description, TaskLimits.MaxDescriptionLength) })
        {
            if (text is not null && (text.Length > most || text.Contains('\0', StringComparison.Ordinal)))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"the {what} may have {most} characters and no NUL.");
            }
        }

        foreach (var mistake in CheckLists(child))
        {
            yield return mistake;
        }

        if (JsonBytes.FindFlaw("input", child.Input, TaskLimits.MaxInputBytes) is { } flaw)
        {
            yield return flaw;
        }
    }

    private static IEnumerable<string> CheckLists(ChildTask child)
    {
        if (child.Tags.Count > TaskLimits.MaxTags || child.Tags.Any(static tag => tag.Length is 0 or > TaskLimits.MaxTagLength || tag.Contains('\0', StringComparison.Ordinal)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"there may be {TaskLimits.MaxTags} tags, each of 1 to {TaskLimits.MaxTagLength} characters without NUL.");
        }

        if (child.Skills.Count > TaskLimits.MaxSkills || child.Skills.Any(static skill => !ResourceName.IsValid(skill)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"there may be {TaskLimits.MaxSkills} skills, each matching {ResourceName.Pattern}.");
        }

        if (child.Resources.Count > TaskLimits.MaxResources
            || child.Resources.Any(static need => !ResourceName.IsValid(need.Key) || need.Value is < 1 or > TaskLimits.MaxResourceAmount))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"there may be {TaskLimits.MaxResources} resources, each with an amount from 1 to {TaskLimits.MaxResourceAmount}.");
        }

        if (child.DependsOn.Count > TaskLimits.MaxDependencies)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"it may depend on {TaskLimits.MaxDependencies} tasks.");
        }
    }
}

using System.Globalization;
using Orchestrator.Core.Naming;
using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Core.Timeline;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage;

namespace Orchestrator.Hosting.Configuration;

/// <summary>Rules that no bounds of a single setting can say.</summary>
internal static class CrossRules
{
    /// <summary>How many heartbeats fit into a lease at least, so that one lost heartbeat loses no lease.</summary>
    private const int HeartbeatsPerLease = 3;

    public static void Check(OrchestratorSetup setup, List<ConfigurationMistake> mistakes)
    {
        if (setup.ConnectionString is { } connectionString && StoreFactory.FindMistake(connectionString) is { } problem)
        {
            mistakes.Add(new(
                ConfigurationCatalog.ConnectionStringSetting,
                problem,
                "Write it as Host=…;Database=…;Username=…;Password=…; a value with a semicolon or an equals sign stands in double quotes."));
        }

        if (setup.Leases.HeartbeatInterval * HeartbeatsPerLease > setup.Leases.Duration)
        {
            mistakes.Add(new(
                "Leases:HeartbeatInterval",
                $"is {Durations.Format(setup.Leases.HeartbeatInterval)}, more than a third of Leases:Duration, {Durations.Format(setup.Leases.Duration)}.",
                $"Set it to {Durations.Format(setup.Leases.Duration / HeartbeatsPerLease)} or less, or Leases:Duration to {Durations.Format(setup.Leases.HeartbeatInterval * HeartbeatsPerLease)} or more."));
        }

        if (setup.Silo.Slots > 0 && setup.Silo.ReservedSlots >= setup.Silo.Slots)
        {
            mistakes.Add(new(
                "Silo:ReservedSlots",
                $"is {setup.Silo.ReservedSlots}, no less than Silo:Slots, {setup.Silo.Slots}: work that takes a second or longer would never run.",
                $"Set it to {setup.Silo.Slots - 1} or less, or leave it out."));
        }

        CheckTimeline(setup.Timeline, mistakes);
        CheckBackoff("Retries:BaseDelay", setup.Retries.BaseDelay, "Retries:MaxDelay", setup.Retries.MaxDelay, mistakes);
        CheckBackoff("Webhooks:RetryBaseDelay", setup.Webhooks.RetryBaseDelay, "Webhooks:RetryMaxDelay", setup.Webhooks.RetryMaxDelay, mistakes);
        foreach (var (action, options) in setup.Actions)
        {
            if (!ResourceName.IsValid(action))
            {
                mistakes.Add(new($"Actions:{action}", "is not the name of an action.", $"Use a name of the form {ResourceName.Pattern}."));
            }

            CheckResources(action, options, mistakes);
            CheckSkills(action, options, mistakes);
            if (options.Provider is { } provider && !ResourceName.IsValid(provider))
            {
                mistakes.Add(new($"Actions:{action}:Provider", $"is \"{provider}\".", $"Use a name of the form {ResourceName.Pattern}."));
            }

            CheckBackoff(
                $"Actions:{action}:RetryBaseDelay",
                options.RetryBaseDelay ?? setup.Retries.BaseDelay,
                $"Actions:{action}:RetryMaxDelay",
                options.RetryMaxDelay ?? setup.Retries.MaxDelay,
                options.RetryBaseDelay is null && options.RetryMaxDelay is null ? [] : mistakes);
        }
    }

    private static void CheckTimeline(TimelineOptions timeline, List<ConfigurationMistake> mistakes)
    {
        if (BucketSizes.Find(timeline.BucketSize) is not { } bucket)
        {
            mistakes.Add(new("Timeline:BucketSize", $"is \"{timeline.BucketSize}\".", $"Set it to one of {string.Join(", ", BucketSizes.Names)}."));
        }
        else if (timeline.DurationSeconds < bucket.TotalSeconds)
        {
            mistakes.Add(new(
                "Timeline:DurationSeconds",
                $"is {timeline.DurationSeconds}, less than one bucket of {timeline.BucketSize}.",
                string.Create(CultureInfo.InvariantCulture, $"Set it to {bucket.TotalSeconds} or more, or Timeline:BucketSize to something shorter.")));
        }
        else if (timeline.DurationSeconds * timeline.RetentionMultiplier / bucket.TotalSeconds is > TimelineOptions.MaxBuckets and var buckets)
        {
            mistakes.Add(new(
                "Timeline:BucketSize",
                string.Create(CultureInfo.InvariantCulture, $"is {timeline.BucketSize}, of which {buckets:F0} would be kept."),
                $"Set it, Timeline:DurationSeconds or Timeline:RetentionMultiplier so that there are {TimelineOptions.MaxBuckets} or fewer."));
        }
    }

    private static void CheckResources(string action, ActionOptions options, List<ConfigurationMistake> mistakes)
    {
        foreach (var (name, amount) in options.Resources ?? [])
        {
            if (!ResourceName.IsValid(name))
            {
                mistakes.Add(new($"Actions:{action}:Resources:{name}", "is not the name of a resource.", $"Use a name of the form {ResourceName.Pattern}."));
            }

            if (amount is < 1 or > TaskLimits.MaxResourceAmount)
            {
                mistakes.Add(new($"Actions:{action}:Resources:{name}", $"is {amount}.", $"Set it to a whole number from 1 to {TaskLimits.MaxResourceAmount}."));
            }
        }
    }

    private static void CheckSkills(string action, ActionOptions options, List<ConfigurationMistake> mistakes)
    {
        foreach (var (skill, proficiency) in options.Skills ?? [])
        {
            if (!ResourceName.IsValid(skill))
            {
                mistakes.Add(new($"Actions:{action}:Skills:{skill}", "is not the name of a skill.", $"Use a name of the form {ResourceName.Pattern}."));
            }

            if (!Proficiency.IsValid(proficiency))
            {
                mistakes.Add(new($"Actions:{action}:Skills:{skill}", $"is {SettingType.Format(proficiency)}.", "Set it to a number above 0 and up to 1."));
            }
        }
    }

    private static void CheckBackoff(string lowSetting, TimeSpan low, string highSetting, TimeSpan high, List<ConfigurationMistake> mistakes)
    {
        if (low > high)
        {
            mistakes.Add(new(
                lowSetting,
                $"is {Durations.Format(low)}, more than {highSetting}, {Durations.Format(high)}.",
                $"Set it to {Durations.Format(high)} or less, or {highSetting} to {Durations.Format(low)} or more."));
        }
    }
}

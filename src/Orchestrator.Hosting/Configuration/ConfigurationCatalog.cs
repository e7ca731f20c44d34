using Orchestrator.Runtime.Options;
using Orchestrator.Workers.Agents;
using Orchestrator.Workers.Generation;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Hosting.Configuration;

/// <summary>The sections that every host of Orchestrator reads. <c>docs/configuration.md</c> is made from it.</summary>
public static class ConfigurationCatalog
{
    public const string ConnectionStringName = "Orchestrator";
    public const string ConnectionStringSetting = "ConnectionStrings:" + ConnectionStringName;
    public const string DataDirectorySetting = "ORCHESTRATOR_DATA";

    /// <summary>Section and options type; <c>{action}</c> and <c>{name}</c> stand for any name of an action and of a provider.</summary>
    public static IReadOnlyList<(string Section, Type Options)> Sections { get; } =
    [
        (SiloOptions.Section, typeof(SiloOptions)),
        (PollingOptions.Section, typeof(PollingOptions)),
        (LeaseOptions.Section, typeof(LeaseOptions)),
        (RetryOptions.Section, typeof(RetryOptions)),
        (RetentionOptions.Section, typeof(RetentionOptions)),
        (TimelineOptions.Section, typeof(TimelineOptions)),
        (WebhookOptions.Section, typeof(WebhookOptions)),
        (FeedOptions.Section, typeof(FeedOptions)),
        (AgentOptions.Section, typeof(AgentOptions)),
        (RunOptions.Section, typeof(RunOptions)),
        (ActionOptions.Section + ":{action}", typeof(ActionOptions)),
        (PriorityOptions.Section, typeof(PriorityOptions)),
        (GenerationOptions.Section, typeof(GenerationOptions)),
        (ProviderOptions.Section + ":{name}", typeof(ProviderOptions)),
        (ProviderOptions.Section + ":{name}:Prices:{n}", typeof(ModelPriceOptions)),
    ];
}

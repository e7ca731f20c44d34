using Orchestrator.Core.Naming;
using Orchestrator.Runtime.Options;
using Orchestrator.Workers.Generation;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Hosting.Configuration;

/// <summary>Rules for providers, and for the settings that name models of theirs. No message repeats a key.</summary>
internal static class ModelRules
{
    /// <summary>What a million tokens may cost.</summary>
    private const decimal HighestPrice = 1_000_000;

    public static void Check(OrchestratorSetup setup, List<ConfigurationMistake> mistakes)
    {
        foreach (var name in setup.Providers.Keys)
        {
            CheckProvider(setup, name, mistakes);
        }

        CheckGeneration(setup, mistakes);
        CheckModel(setup, $"{PriorityOptions.Section}:{nameof(PriorityOptions.Model)}", setup.Priorities.Model, mistakes);
        CheckModel(setup, $"{PriorityOptions.Section}:{nameof(PriorityOptions.EmbeddingModel)}", setup.Priorities.EmbeddingModel, mistakes);
        if (setup.Priorities is { EmbeddingModel.Length: > 0, Model: null or "" })
        {
            mistakes.Add(new(
                $"{PriorityOptions.Section}:{nameof(PriorityOptions.EmbeddingModel)}",
                "has nothing to serve: no model scores.",
                $"Set {PriorityOptions.Section}:{nameof(PriorityOptions.Model)} too, or remove it."));
        }
    }

    private static void CheckGeneration(OrchestratorSetup setup, List<ConfigurationMistake> mistakes)
    {
        const string Section = GenerationOptions.Section;
        CheckModel(setup, $"{Section}:{nameof(GenerationOptions.Model)}", setup.Generation.Model, mistakes);
        CheckModel(setup, $"{Section}:{nameof(GenerationOptions.EmbeddingModel)}", setup.Generation.EmbeddingModel, mistakes);
        var fallbacks = setup.Generation.Fallbacks ?? [];
        for (var i = 0; i < fallbacks.Count; i++)
        {
            CheckModel(setup, $"{Section}:{nameof(GenerationOptions.Fallbacks)}:{i}", fallbacks[i], mistakes);
        }

        if (fallbacks.Count > 0 && string.IsNullOrEmpty(setup.Generation.Model))
        {
            mistakes.Add(new($"{Section}:{nameof(GenerationOptions.Fallbacks)}", "has nothing to stand in for: no model is set.", $"Set {Section}:{nameof(GenerationOptions.Model)} too, or remove it."));
        }
    }

    private static void CheckProvider(OrchestratorSetup setup, string name, List<ConfigurationMistake> mistakes)
    {
        var section = $"{ProviderOptions.Section}:{name}";
        if (!ResourceName.IsValid(name))
        {
            mistakes.Add(new(section, "is not the name of a provider.", $"Use a name of the form {ResourceName.Pattern}."));
        }

        var provider = setup.FindProvider(name)!;
        if (provider.FindUrlMistake() is { } problem)
        {
            mistakes.Add(new($"{section}:{nameof(ProviderOptions.BaseUrl)}", problem, "Set it to where the provider's API begins, such as https://api.openai.com/v1."));
        }

        CheckKey(provider, mistakes);
        CheckPrices(section, setup.Providers[name].Prices ?? [], mistakes);
    }

    private static void CheckPrices(string section, List<ModelPriceOptions> prices, List<ConfigurationMistake> mistakes)
    {
        for (var i = 0; i < prices.Count; i++)
        {
            var setting = $"{section}:{nameof(ProviderOptions.Prices)}:{i}";
            var price = prices[i];
            if (string.IsNullOrEmpty(price.Model))
            {
                mistakes.Add(new($"{setting}:{nameof(ModelPriceOptions.Model)}", "is missing.", "Set it to the model's name, as the provider calls it."));
            }
            else if (prices.FindIndex(other => other.Model == price.Model) < i)
            {
                mistakes.Add(new($"{setting}:{nameof(ModelPriceOptions.Model)}", $"is {price.Model}, which has a price already.", "Give each model one price."));
            }

            Check(nameof(ModelPriceOptions.Input), price.Input, isNeeded: true);
            Check(nameof(ModelPriceOptions.Output), price.Output, isNeeded: true);
            Check(nameof(ModelPriceOptions.CachedInput), price.CachedInput, isNeeded: false);

            void Check(string name, decimal? value, bool isNeeded)
            {
                if ((value is null && isNeeded) || value is < 0 or > HighestPrice)
                {
                    mistakes.Add(new($"{setting}:{name}", value is { } given ? $"is {SettingType.Format(given)}." : "is missing.", $"Set it to a number from 0 to {HighestPrice}."));
                }
            }
        }
    }

    private static void CheckKey(Provider provider, List<ConfigurationMistake> mistakes)
    {
        if (!provider.HasUsableKey())
        {
            mistakes.Add(new($"{ProviderOptions.Section}:{provider.Name}:{nameof(ProviderOptions.ApiKey)}", "has characters that a key cannot have.", "Copy the key again, without spaces and line ends."));
        }
    }

    private static void CheckModel(OrchestratorSetup setup, string setting, string? text, List<ConfigurationMistake> mistakes)
    {
        if (text is null or "")
        {
            return;
        }

        if (ModelName.Parse(text) is not { } name)
        {
            mistakes.Add(new(setting, $"is \"{text}\".", "Write it as provider/model, such as openai/gpt-4o-mini."));
            return;
        }

        if (setup.FindProvider(name.Provider) is not { } provider)
        {
            var known = setup.Providers.Keys.Concat(KnownProvider.All.Select(static provider => provider.Name)).Distinct();
            mistakes.Add(new(setting, $"names the provider {name.Provider}, which is not configured.", $"Set {ProviderOptions.Section}:{name.Provider}:{nameof(ProviderOptions.BaseUrl)}, or name one of {string.Join(", ", known)}."));
            return;
        }

        if (provider.Models is { } models && !models.Contains(name.Model, StringComparer.Ordinal))
        {
            mistakes.Add(new(setting, $"names the model {name.Model}, which is not among those of {name.Provider}.", Nearest.Suggest(name.Model, models)));
        }

        if (provider.LacksKey && KnownProvider.Find(name.Provider) is { } needsKey)
        {
            mistakes.Add(new(setting, $"names a model of {name.Provider}, for which there is no key.", $"Set {needsKey.KeySetting} or {ProviderOptions.Section}:{name.Provider}:{nameof(ProviderOptions.ApiKey)}."));
        }

        if (!setup.Providers.ContainsKey(name.Provider))
        {
            CheckKey(provider, mistakes);
        }
    }
}

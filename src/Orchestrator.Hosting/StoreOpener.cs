using Orchestrator.Hosting.Configuration;
using Orchestrator.Runtime.Runs;
using Orchestrator.Storage;

namespace Orchestrator.Hosting;

/// <summary>Opens the store, and tells what is wrong with the settings where they keep it from opening.</summary>
internal static class StoreOpener
{
    public static IStore Open(StoreOptions options, TimeProvider timeProvider, IInputSchemaReader schemas, ActionsOptions actions)
    {
        try
        {
            var store = StoreFactory.Open(options, timeProvider);
            store.Runs.InputCheck = new SubRunInputs(schemas).Check;
            store.Runs.FindTaskDefaults = actions.DefaultsOf;
            return store;
        }
        catch (Exception exception) when (!options.IsPostgres && exception is IOException or UnauthorizedAccessException)
        {
            throw Mistake(
                ConfigurationCatalog.DataDirectorySetting,
                $"is {options.DataDirectory}, which cannot be used ({exception.Message}).",
                "Name a folder that this process may create and write to.",
                exception);
        }
    }

    private static ConfigurationException Mistake(string setting, string problem, string fix, Exception cause) =>
        new($"The configuration has a mistake:{Environment.NewLine}  {new ConfigurationMistake(setting, problem, fix)}", cause);
}

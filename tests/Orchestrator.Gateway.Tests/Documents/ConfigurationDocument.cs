using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Gateway.Dashboard;
using Orchestrator.Gateway.Hosting;
using Orchestrator.Hosting.Configuration;
using Orchestrator.Runtime.Options;
using Orchestrator.Workers.Pool;

namespace Orchestrator.Gateway.Tests.Documents;

/// <summary>Makes <c>docs/configuration.md</c> from the options.</summary>
internal static partial class ConfigurationDocument
{
    private const string Preamble = """
        # Configuration

        Made from the options by a test; change the options and run `ORCHESTRATOR_UPDATE_SNAPSHOTS=1 dotnet test tests/Orchestrator.Gateway.Tests`.

        Settings come from the host's usual sources, of which the first that has a value wins: the command line (`--Silo:Slots 32`), environment variables (`Silo__Slots=32`; a shell takes no name with a dot, so `env 'Actions__generation.summary__Concurrency=4' dotnet run …`), `appsettings.{Environment}.json`, `appsettings.json` (`{"Silo": {"Slots": 32}}`). Code passed to `AddOrchestrator(configuration, setup => …)` overrides them all.

        Everything is checked at start. Every mistake is told at once on standard error, each with its fix, and the process ends with exit code 78. Keys of the sections below that are not settings are mistakes too; a section of another name, such as `Silos`, is neither read nor reported. Durations are written `00:00:30`, `1.00:00:00`, or as a number with `ms`, `s`, `m`, `h` or `d`; a bare number is refused.

        Exit codes: 0 stopped, 1 failed, 69 the store did not answer at the start, 75 another process holds the data folder, 78 the configuration has mistakes.

        ## Where

        | setting | environment variable | what it is | default |
        |---|---|---|---|
        | `--urls` | `ASPNETCORE_URLS` | Addresses to listen on, separated by `;`. A gateway that other machines reach asks for [keys](keys.md). A silo serves `/health/*` and `/metrics` alone, which need no key, and listens wherever it is told. | gateway `http://127.0.0.1:8080`, silo `http://127.0.0.1:8081` |
        | `ConnectionStrings:Orchestrator` | `ConnectionStrings__Orchestrator` | PostgreSQL, as an Npgsql connection string. Without it the data is in SQLite. | none |
        | `ORCHESTRATOR_DATA` | `ORCHESTRATOR_DATA` | The folder of the SQLite file; a relative one starts at the host's content root, which is the current folder, or the project's with `dotnet run --project`. One process at a time. | `data` |
        | `ORCHESTRATOR_CONFIG` | `ORCHESTRATOR_CONFIG` | The file of the process pool. | `config/orchestrator.json` under the content root, else beside the program |

        """;

    public static string Write()
    {
        var document = new StringBuilder(Preamble.ReplaceLineEndings("\n"));
        foreach (var (section, type) in ConfigurationCatalog.Sections.Concat([(GatewayOptions.Section, typeof(GatewayOptions)), (DashboardOptions.Section, typeof(DashboardOptions))]))
        {
            WriteSection(document, section, type);
        }

        WritePool(document);
        return document.ToString();
    }

    private static void WriteSection(StringBuilder document, string section, Type type)
    {
        var heading = section == RunOptions.Section ? section : $"`{section}`";
        document.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n{Section().Replace(XmlDocs.Of(type), "").Trim()}\n\n");
        document.Append("| setting | environment variable | type | default | what it is |\n|---|---|---|---|---|\n");
        var defaults = Activator.CreateInstance(type)!;
        foreach (var setting in Settings(type))
        {
            var key = SectionReader.NameOf(section, setting);
            document.Append(CultureInfo.InvariantCulture, $"| `{key}` | `{key.Replace(":", "__", StringComparison.Ordinal)}` | {Type(setting)} | {Default(setting, defaults)} | {Description(setting)} |\n");
        }
    }

    private static void WritePool(StringBuilder document)
    {
        document.Append("\n## The process pool\n\n");
        document.Append(XmlDocs.Of(typeof(ProcessPoolOptions)));
        document.Append("\n\n| key in the file | type | default | what it is |\n|---|---|---|---|\n");
        var defaults = new ProcessPoolOptions();
        foreach (var setting in Settings(typeof(ProcessPoolOptions)).Where(setting => (Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType) == typeof(int)))
        {
            document.Append(CultureInfo.InvariantCulture, $"| `{char.ToLowerInvariant(setting.Name[0])}{setting.Name[1..]}` | {Type(setting)} | {Default(setting, defaults)} | {Description(setting)} |\n");
        }

        document.Append(CultureInfo.InvariantCulture, $"| `workers` | list of objects | none | {Description(typeof(ProcessPoolOptions).GetProperty(nameof(ProcessPoolOptions.Workers))!)} |\n");
        foreach (var setting in Settings(typeof(PoolWorkerOptions)))
        {
            document.Append(CultureInfo.InvariantCulture, $"| `workers[].{char.ToLowerInvariant(setting.Name[0])}{setting.Name[1..]}` | {PoolType(setting.PropertyType)} | | {Description(setting)} |\n");
        }
    }

    private static IEnumerable<PropertyInfo> Settings(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true });

    private static string Type(PropertyInfo setting) =>
        SectionRules.Bounds(setting) is { } bounds ? $"{SettingType.Of(setting.PropertyType).Name} {bounds}" : SettingType.Of(setting.PropertyType).Name;

    private static string PoolType(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(IList<string>) ? "list of text"
        : type == typeof(IDictionary<string, string>) ? "map of text to text"
        : throw new NotSupportedException($"The document has no word for {type}.");

    /// <summary>What the comment says of the default where the value alone does not tell.</summary>
    private static string Default(PropertyInfo setting, object defaults) =>
        setting.GetValue(defaults) is { } value
            ? $"`{SettingType.Format(value)}`"
            : DefaultSentence().Match(XmlDocs.Of(setting)) is { Success: true } match ? match.Groups["default"].Value : "none";

    private static string Description(PropertyInfo setting) => DefaultSentence().Replace(XmlDocs.Of(setting), "").Trim();

    [GeneratedRegex(@"\s*Default: (?<default>[^.]+?(\.[A-Za-z0-9][^.]*)*)\.(?=\s|$)")]
    private static partial Regex DefaultSentence();

    [GeneratedRegex(@"\s*Section `[^`]+`(?=[.;])[.;]?")]
    private static partial Regex Section();
}

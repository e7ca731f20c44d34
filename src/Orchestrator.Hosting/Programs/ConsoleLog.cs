using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Orchestrator.Hosting.Programs;

/// <summary>
/// Logs for a person at a console: one line an entry, with the time, without a line for each request. <c>Logging:Console</c> has it
/// otherwise, JSON for programs among it.
/// </summary>
public static class ConsoleLog
{
    private const string Console = "Logging:Console";
    private const string IncludeScopes = $"{Console}:FormatterOptions:{nameof(ConsoleFormatterOptions.IncludeScopes)}";

    private static readonly Dictionary<string, string?> Defaults = new()
    {
        [$"{Console}:{nameof(ConsoleLoggerOptions.FormatterName)}"] = ConsoleFormatterNames.Simple,
        [$"{Console}:FormatterOptions:{nameof(SimpleConsoleFormatterOptions.SingleLine)}"] = "true",
        [$"{Console}:FormatterOptions:{nameof(ConsoleFormatterOptions.TimestampFormat)}"] = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ",
        [$"{Console}:FormatterOptions:{nameof(ConsoleFormatterOptions.UseUtcTimestamp)}"] = "true",
        ["Logging:LogLevel:Default"] = nameof(LogLevel.Information),
        ["Logging:LogLevel:Microsoft"] = nameof(LogLevel.Warning),
    };

    public static void AddReadableConsole(this IHostApplicationBuilder builder)
    {
        // Before every other source, so that each of them overrides it; a settings file may not be there.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder.Logging.AddConsole();

        // Programs read JSON, and want to know which task a line is about.
        builder.Services.Configure<JsonConsoleFormatterOptions>(json =>
        {
            json.IncludeScopes = builder.Configuration.GetValue(IncludeScopes, defaultValue: true);
            json.TimestampFormat = json.TimestampFormat?.TrimEnd();
        });
        builder.Services.AddSingleton<LoggerFactory>();
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider => new StartLoggerFactory(provider.GetRequiredService<LoggerFactory>())));
    }
}

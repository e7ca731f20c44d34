using Microsoft.Extensions.Logging;

namespace Orchestrator.Hosting.Programs;

/// <summary>Logs for a person at a console: one line an entry, with the time.</summary>
public static class ConsoleLog
{
    public static void AddReadableConsole(this ILoggingBuilder logging) => logging.AddSimpleConsole(console =>
    {
        console.SingleLine = true;
        console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        console.UseUtcTimestamp = true;
    });
}

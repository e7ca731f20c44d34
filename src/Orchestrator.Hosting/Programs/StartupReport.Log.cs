using Microsoft.Extensions.Logging;

namespace Orchestrator.Hosting.Programs;

public sealed partial class StartupReport
{
    [LoggerMessage(3001, LogLevel.Information, "{Program} at {Urls}; {Store}; silo with {Slots} slots serving {Actions}")]
    private partial void LogSilo(string program, string urls, string store, int slots, string actions);

    [LoggerMessage(3004, LogLevel.Information, "Not served now: {Actions}. {Reason}")]
    private partial void LogUnserved(string actions, string reason);

    [LoggerMessage(3002, LogLevel.Information, "{Program} at {Urls}; {Store}; no silo in this process")]
    private partial void LogGateway(string program, string urls, string store);

    [LoggerMessage(3003, LogLevel.Information, "{Model} scores tasks, within {TimeLimit} s and {CallsPerMinute} calls a minute for each workspace")]
    private partial void LogScoring(string model, double timeLimit, int callsPerMinute);
}

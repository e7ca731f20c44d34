using Microsoft.Extensions.Logging;

namespace Orchestrator.Hosting.Programs;

/// <summary>Keeps the host from logging, with a stack trace, the failures to start that <see cref="OrchestratorProgram"/> tells in a few words.</summary>
internal sealed class StartLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    public ILogger CreateLogger(string categoryName)
    {
        var logger = inner.CreateLogger(categoryName);
        return categoryName == HostCategory ? new HostLogger(logger) : logger;
    }

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    private sealed class HostLogger(ILogger inner) : ILogger
    {
        /// <summary>The host's event for a start that failed; it throws the exception as well.</summary>
        private const int StartFaulted = 11;

        private volatile bool _told;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == StartFaulted && exception is not null && (exception is OperationCanceledException || StartFailure.Find(exception) is not null))
            {
                _told = true;
            }

            // What the host says after that, of services that are cancelled as it goes, only follows from it.
            if (!_told)
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}

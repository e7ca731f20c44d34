using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Workers.Tests.Support;

/// <summary>Keeps every line that is logged.</summary>
internal sealed class CapturingLoggerFactory : ILoggerFactory, ILogger
{
    private readonly LoggerExternalScopeProvider _scopes = new();

    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>Every line that was logged in a scope, behind that scope.</summary>
    public ConcurrentQueue<string> ScopedLines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        Lines.Enqueue(line);
        _scopes.ForEachScope((scope, lines) => lines.Enqueue($"{scope}: {line}"), ScopedLines);
    }

    public void Dispose()
    {
    }
}

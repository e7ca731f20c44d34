using System.Data.Common;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Hosting.Programs;

/// <summary>Says where this process listens, which store it is on, and what it executes.</summary>
public sealed partial class StartupReport(
    OrchestratorSetup setup,
    IServer server,
    IHostEnvironment host,
    IEnumerable<IActionProvider> providers,
    IHostApplicationLifetime lifetime,
    ILogger<StartupReport> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Report);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Report()
    {
        var urls = string.Join(", ", server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        if (setup.HostsSilo)
        {
            var actions = providers.SelectMany(provider => provider.Actions).ToList();
            LogSilo(host.ApplicationName, urls, Store(), setup.Silo.Slots, Names(actions.Where(action => action.UnavailableReason is null)));
            foreach (var unserved in actions.Where(action => action.UnavailableReason is not null).GroupBy(action => action.UnavailableReason))
            {
                LogUnserved(Names(unserved), unserved.Key!);
            }
        }
        else
        {
            LogGateway(host.ApplicationName, urls, Store());
        }

        if (setup.Priorities is { Model.Length: > 0 } scoring)
        {
            LogScoring(scoring.Model, scoring.TimeLimit.TotalSeconds, scoring.CallsPerMinute);
        }
    }

    private static string Names(IEnumerable<ActionDescriptor> actions) => string.Join(", ", actions.Select(action => action.Name).DefaultIfEmpty("nothing yet"));

    /// <summary>The store without its secrets.</summary>
    private string Store()
    {
        if (setup.ConnectionString is not { } connectionString)
        {
            return $"SQLite in {setup.Store.DataDirectory}";
        }

        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        return $"PostgreSQL at {Part(parts, "Host", "Server")}, database {Part(parts, "Database", "DB")}";
    }

    private static string Part(DbConnectionStringBuilder parts, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (parts.TryGetValue(name, out var value))
            {
                return $"{value}";
            }
        }

        return "(default)";
    }
}

using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Orchestrator.Gateway.Dashboard;

/// <summary>Says where the dashboard is.</summary>
internal sealed partial class DashboardReport(
    IServer server, IOptions<DashboardOptions> options, IHostApplicationLifetime lifetime, ILogger<DashboardReport> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Enabled)
        {
            lifetime.ApplicationStarted.Register(Report);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Report()
    {
        foreach (var url in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            LogDashboard(url.TrimEnd('/') + DashboardExtensions.Path);
        }
    }

    [LoggerMessage(4111, LogLevel.Information, "Dashboard at {Url}")]
    private partial void LogDashboard(string url);
}

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Gateway.Hosting;
using Orchestrator.Hosting;
using Orchestrator.Hosting.Health;
using Orchestrator.Hosting.Programs;
using Orchestrator.TestKit.Processes;
using Orchestrator.Workers;

namespace Orchestrator.Benchmarks.Hosts;

/// <summary>A gateway or a silo as it is shipped, with one more worker: <see cref="StampExecutor"/>.</summary>
internal static class StampHost
{
    public const string Command = "stamp-host";

    private const string Gateway = "gateway";
    private const string Silo = "silo";

    public static Task<ServiceProcess> StartGatewayAsync(IReadOnlyDictionary<string, string> settings) => StartAsync(Gateway, settings);

    public static Task<ServiceProcess> StartSiloAsync(IReadOnlyDictionary<string, string> settings) => StartAsync(Silo, settings);

    /// <summary>What the started process runs.</summary>
    public static Task<int> RunAsync(string program) => OrchestratorProgram.RunAsync(() =>
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddReadableConsole();
        return program == Gateway ? BuildGateway(builder) : BuildSilo(builder);
    });

    private static Task<ServiceProcess> StartAsync(string program, IReadOnlyDictionary<string, string> settings) =>
        ServiceProcess.StartHostAsync(typeof(StampHost).Assembly.Location, [Command, program], settings);

    private static WebApplication BuildGateway(WebApplicationBuilder builder)
    {
        builder.AddGateway().Services.AddExecutor(StampExecutor.Action, static _ => new StampExecutor());
        return builder.Build().UseGateway();
    }

    private static WebApplication BuildSilo(WebApplicationBuilder builder)
    {
        builder.Services
            .AddOrchestrator(builder.Configuration, setup => setup.IsDedicatedSilo = true)
            .Services.AddExecutor(StampExecutor.Action, static _ => new StampExecutor());
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddHostedService<StartupReport>();
        var app = builder.Build();
        app.MapHealth();
        return app;
    }
}

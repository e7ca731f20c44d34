using Orchestrator.Hosting;
using Orchestrator.Hosting.Export;
using Orchestrator.Hosting.Health;
using Orchestrator.Hosting.Metrics;
using Orchestrator.Hosting.Programs;
using Orchestrator.Silo;

return await OrchestratorProgram.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddReadableConsole();
    builder.AddTelemetryExport("orchestrator-silo");
    builder.WebHost.UseDefaultUrl(builder.Configuration, SiloConstants.DefaultUrl);
    builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);

    builder.Services
        .AddOrchestrator(builder.Configuration, setup => setup.IsDedicatedSilo = true)
        .AddSampleWorkers()
        .AddGenerationWorkers();
    builder.Services.AddSingleton<Readiness>();
    builder.Services.AddHostedService<StartupReport>();

    var app = builder.Build();
    app.MapHealth();
    app.MapMetrics();
    return app;
});

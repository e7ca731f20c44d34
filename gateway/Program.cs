using Orchestrator.Gateway.Hosting;
using Orchestrator.Hosting.Export;
using Orchestrator.Hosting.Programs;

return await OrchestratorProgram.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddReadableConsole();
    builder.AddTelemetryExport("orchestrator-gateway");
    builder.AddGateway().AddSampleWorkers().AddGenerationWorkers();
    return builder.Build().UseGateway();
});

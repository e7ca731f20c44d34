using Orchestrator.Gateway.Hosting;
using Orchestrator.Hosting.Programs;

return await OrchestratorProgram.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddReadableConsole();
    builder.AddGateway().AddSampleWorkers().AddGenerationWorkers();
    return builder.Build().UseGateway();
});

using Orchestrator.Gateway.Hosting;
using Orchestrator.Hosting;
using Orchestrator.Hosting.Programs;

return await OrchestratorProgram.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.Logging.AddReadableConsole();
    builder.WebHost.UseDefaultUrl(builder.Configuration, GatewayOptions.DefaultUrl);

    GatewayOptions? options = null;
    builder.Services
        .AddOrchestrator(builder.Configuration, setup =>
        {
            options = setup.AddSection<GatewayOptions>(GatewayOptions.Section);
            BindingRule.Check(setup, builder.Configuration, options);
        })
        .AddSampleWorkers();
    builder.WebHost.ConfigureKestrel(server => ServerLimits.Apply(server, options!));
    builder.Services.AddGateway();

    return builder.Build().UseGateway();
});

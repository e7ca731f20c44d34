using Orchestrator.Gateway.Dashboard;
using Orchestrator.Gateway.Security;
using Orchestrator.Hosting;
using Orchestrator.Hosting.Programs;

namespace Orchestrator.Gateway.Hosting;

internal static class GatewayBuilderExtensions
{
    /// <summary>Reads and checks every setting, and adds the server, the API and, where this process is one, the silo.</summary>
    public static OrchestratorBuilder AddGateway(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseDefaultUrl(builder.Configuration, GatewayOptions.DefaultUrl);
        GatewayOptions? options = null;
        var orchestrator = builder.Services.AddOrchestrator(builder.Configuration, setup =>
        {
            options = setup.AddSection<GatewayOptions>(GatewayOptions.Section);
            setup.AddSection<DashboardOptions>(DashboardOptions.Section);
            setup.AddSection<KeyOptions>(KeyOptions.Section);
            BindingRule.Check(setup, builder.Configuration);
        });
        builder.WebHost.ConfigureKestrel(server => ServerLimits.Apply(server, options!));
        builder.Services.AddGateway();
        return orchestrator;
    }
}

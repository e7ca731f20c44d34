using System.Text.Json.Serialization;
using Orchestrator.Contracts.Json;
using Orchestrator.Gateway.Api;
using Orchestrator.Gateway.Api.Calls;
using Orchestrator.Gateway.Auditing;
using Orchestrator.Gateway.Dashboard;
using Orchestrator.Gateway.Feed;
using Orchestrator.Gateway.Mcp;
using Orchestrator.Gateway.OpenApi;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Security;
using Orchestrator.Gateway.Why;
using Orchestrator.Hosting.Health;
using Orchestrator.Hosting.Metrics;
using Orchestrator.Hosting.Programs;

namespace Orchestrator.Gateway.Hosting;

internal static class GatewayExtensions
{
    /// <summary>Registers what answers requests.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Context);
            json.SerializerOptions.Converters.Add(new UtcTimestampConverter());
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.Encoder = ContractsJson.Context.Options.Encoder;
        });
        services.AddProblems();
        services.AddGatewayOpenApi();
        services.AddKeys();
        services.AddSingleton<SubmissionReader>();
        services.AddSingleton<WorkspaceReader>();
        services.AddSingleton<ScheduleReader>();
        services.AddSingleton<WebhookReader>();
        services.AddSingleton<BulkReader>();
        services.AddSingleton<LeaseReader>();
        services.AddSingleton<LeaseHandler>();
        services.AddSingleton<AuditTargets>();
        services.AddSingleton<AuditedOperations>();
        services.AddSingleton<VisibleTasks>();
        services.AddSingleton<EndWaiter>();
        services.AddSingleton<SubmissionHandler>();
        services.AddSingleton<EventStream>();
        services.AddSingleton<VisibleRuns>();
        services.AddSingleton<RunAnswers>();
        services.AddSingleton<RunHandler>();
        services.AddSingleton<BatchSlots>();
        services.AddSingleton<SiloDirectory>();
        services.AddSingleton<StatsSource>();
        services.AddLiveFeed();
        services.AddSingleton<DefinitionWarnings>();
        services.AddSingleton<SituationReader>();
        services.AddSingleton<ApiCalls>();
        services.AddSingleton<ToolCaller>();
        services.AddSingleton<Readiness>();
        services.AddDashboard();
        services.AddHostedService<StartupReport>();
        return services;
    }

    /// <summary>Maps the pipeline and every endpoint.</summary>
    public static WebApplication UseGateway(this WebApplication app)
    {
        app.Use(static (http, next) =>
        {
            // On starting, because an answer that turns into a problem loses what was set before.
            http.Response.OnStarting(static state =>
            {
                ((HttpResponse)state).Headers.XContentTypeOptions = "nosniff";
                return Task.CompletedTask;
            }, http.Response);
            return next(http);
        });
        app.Use(next =>
        {
            app.Services.GetRequiredService<ApiCalls>().UsePipeline(next);
            return next;
        });
        app.UseProblems();
        app.UseHeadAndOptions();
        app.UseDashboardErrors();
        app.UseWebSockets();
        app.UseRouting();
        app.MapRoot();
        app.MapHealth();
        app.MapMetrics();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapApi();
        app.MapMcp();
        app.MapDashboard();
        app.MapLiveFeed();
        return app;
    }
}

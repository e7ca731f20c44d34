using Microsoft.Extensions.Options;
using Orchestrator.Gateway.Dashboard.Assets;
using Orchestrator.Gateway.Dashboard.Data;
using Orchestrator.Gateway.Dashboard.Layout;
using Orchestrator.Gateway.Dashboard.SignIn;
using Orchestrator.Gateway.Security;

namespace Orchestrator.Gateway.Dashboard;

internal static class DashboardExtensions
{
    public const string Path = "/observability";

    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<AssetBundle>();
        services.AddScoped<PageContext>();
        services.AddScoped<DashboardApi>();
        services.AddHostedService<DashboardReport>();
        return services;
    }

    /// <summary>What a page cannot show becomes a page that says so, instead of a problem for programs.</summary>
    public static void UseDashboardErrors(this WebApplication app)
    {
        if (IsEnabled(app.Services))
        {
            app.UseWhen(static http => http.Request.Path.StartsWithSegments(Path), static branch => branch.Use(ErrorPages.ServeAsync));
        }
    }

    public static void MapDashboard(this WebApplication app)
    {
        if (!IsEnabled(app.Services))
        {
            return;
        }

        app.MapAssets(Path + "/assets");
        var open = app.MapGroup(Path).AddEndpointFilter<HostGuard>().AddEndpointFilter<PageHeaders>().ExcludeFromDescription();
        open.MapSignIn();
        var pages = open.MapGroup("").AddEndpointFilter<CallerFilter>().AddEndpointFilter<ScopeFilter>();
        pages.MapPages();
        pages.MapPage<NotFoundPage>("/{**rest}");
    }

    private static bool IsEnabled(IServiceProvider services) => services.GetRequiredService<IOptions<DashboardOptions>>().Value.Enabled;
}

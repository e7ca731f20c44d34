using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Gateway.Dashboard;

/// <summary>The pages under <c>/observability</c>. Section <c>Dashboard</c>.</summary>
internal sealed class DashboardOptions
{
    public const string Section = "Dashboard";
    public const string DefaultName = "Orchestrator";

    /// <summary>Whether the gateway serves the dashboard. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What the dashboard calls this system, at the top of each page and in the browser's title. Default: Orchestrator.</summary>
    [Required, StringLength(100, MinimumLength = 1)]
    public string Name { get; set; } = DefaultName;
}

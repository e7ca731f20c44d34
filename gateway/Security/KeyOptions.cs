using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Gateway.Security;

/// <summary>Who may come in. Section <c>Keys</c>.</summary>
internal sealed class KeyOptions
{
    public const string Section = "Keys";
    public const int DefaultSessionHours = 12;

    /// <summary>Whether every request needs a key. Default: true where the gateway listens on an address that other machines reach; elsewhere from the first key that is created. False lets in whoever reaches the gateway, to do everything: only behind something that checks who comes in.</summary>
    public bool? Required { get; set; }

    /// <summary>How long a browser stays signed in to the dashboard, in hours. Default: 12.</summary>
    [Range(1, 720)]
    public int SessionHours { get; set; } = DefaultSessionHours;
}

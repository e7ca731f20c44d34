namespace Orchestrator.Gateway.Security;

/// <summary>Marks the endpoint that a bootstrap token is for.</summary>
internal sealed class ForBootstrap
{
    public static ForBootstrap Instance { get; } = new();
}

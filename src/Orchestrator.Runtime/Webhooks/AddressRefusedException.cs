namespace Orchestrator.Runtime.Webhooks;

/// <summary>A host has no address that webhooks may be sent to.</summary>
public sealed class AddressRefusedException : IOException
{
    public AddressRefusedException()
        : base("The host has no address that webhooks may be sent to.")
    {
    }
}

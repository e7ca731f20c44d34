namespace Orchestrator.Silo;

internal static class SiloConstants
{
    /// <summary>Where a silo answers its probes and shows its metrics unless told otherwise. Neither needs a key, so any address may be given; the network decides who reaches it.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8081";
}

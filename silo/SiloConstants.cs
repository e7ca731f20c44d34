namespace Orchestrator.Silo;

internal static class SiloConstants
{
    /// <summary>Where a silo answers its probes unless told otherwise. Health says nothing that needs a key, so any address may be given.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8081";
}

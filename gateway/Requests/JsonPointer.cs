namespace Orchestrator.Gateway.Requests;

/// <summary>Builds JSON Pointers (RFC 6901). The empty one is the whole body.</summary>
internal static class JsonPointer
{
    public const string Root = "";

    public static string Append(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Append(string pointer, int index) => $"{pointer}/{index}";
}

namespace Orchestrator.Core.Keys;

public static class KeyVerbNames
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<KeyVerb>().Select(ToName)];

    public static string ToName(this KeyVerb verb) => verb switch
    {
        KeyVerb.Read => "read",
        KeyVerb.Submit => "submit",
        KeyVerb.Control => "control",
        KeyVerb.Work => "work",
        KeyVerb.Admin => "admin",
        _ => throw new ArgumentOutOfRangeException(nameof(verb)),
    };

    /// <summary>The verb of a name, or null when it is none.</summary>
    public static KeyVerb? Parse(string name)
    {
        foreach (var verb in Enum.GetValues<KeyVerb>())
        {
            if (verb.ToName() == name)
            {
                return verb;
            }
        }

        return null;
    }
}

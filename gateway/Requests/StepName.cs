using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Gateway.Requests;

/// <summary>The form of the ids of steps.</summary>
internal static class StepName
{
    public const string Pattern = "[A-Za-z_][A-Za-z0-9_-]{0,62}";

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= RunLimits.MaxStepIdLength
        && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
}

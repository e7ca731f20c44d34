namespace Orchestrator.Hosting.Configuration;

/// <summary>One thing in the configuration that cannot be used.</summary>
/// <param name="Setting">Where it stands, such as <c>Silo:Slots</c>.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record ConfigurationMistake(string Setting, string Problem, string Fix)
{
    public override string ToString() => $"{Setting}: {Problem} {Fix}";
}

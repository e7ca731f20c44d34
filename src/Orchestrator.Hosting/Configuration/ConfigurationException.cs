namespace Orchestrator.Hosting.Configuration;

/// <summary>The configuration cannot be used; the message lists every mistake with its fix.</summary>
public sealed class ConfigurationException : Exception
{
    public ConfigurationException(IReadOnlyList<ConfigurationMistake> mistakes)
        : base(Describe(mistakes)) => Mistakes = mistakes;

    public ConfigurationException()
        : this([])
    {
    }

    public ConfigurationException(string message)
        : base(message) => Mistakes = [];

    public ConfigurationException(string message, Exception innerException)
        : base(message, innerException) => Mistakes = [];

    /// <summary>All of them, not only the first.</summary>
    public IReadOnlyList<ConfigurationMistake> Mistakes { get; }

    private static string Describe(IReadOnlyList<ConfigurationMistake> mistakes) => string.Join(
        Environment.NewLine,
        mistakes.Select(mistake => $"  {mistake}").Prepend(mistakes.Count == 1 ? "The configuration has a mistake:" : $"The configuration has {mistakes.Count} mistakes:"));
}

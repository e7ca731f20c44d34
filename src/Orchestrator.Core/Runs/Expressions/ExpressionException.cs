namespace Orchestrator.Core.Runs.Expressions;

/// <summary>An expression that is none, or has no value.</summary>
public sealed class ExpressionException : Exception
{
    public ExpressionException(string message, int position, string path = "")
        : base(message)
    {
        Position = position;
        Path = path;
    }

    /// <summary>Where in the text, from 0.</summary>
    public int Position { get; }

    /// <summary>Which text of a template, as a JSON Pointer.</summary>
    public string Path { get; }
}

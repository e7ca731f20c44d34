using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Calls;

/// <summary>What a person is told beside the data, on standard error.</summary>
internal static class Notices
{
    /// <summary>How it goes; only a person at a terminal wants to know.</summary>
    public static void Progress(string text)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.WriteLine(VisibleText.Of(text));
        }
    }

    /// <summary>What whoever reads the data must know.</summary>
    public static void Tell(string text) => Console.Error.WriteLine(VisibleText.Of(text));
}

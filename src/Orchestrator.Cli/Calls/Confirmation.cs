using System.CommandLine;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Calls;

/// <summary>Asks before something is destroyed: with <c>--yes</c> nobody, at a terminal the person, else it is refused.</summary>
internal static class Confirmation
{
    public static Option<bool> Option() => Input.Flag("--yes", "Do it without being asked.", "-y");

    /// <param name="what">What would happen, as a sentence.</param>
    /// <exception cref="CliException">It is not wanted.</exception>
    public static void Require(bool isGiven, string what)
    {
        if (isGiven)
        {
            return;
        }

        if (Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            throw new CliException(CliExitCodes.Refused, $"{what} Nothing was done: add --yes to do it.");
        }

        Console.Error.Write($"{VisibleText.Of(what)} Do it? [y/N] ");
        if (Console.ReadLine()?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
        {
            throw new CliException(CliExitCodes.Refused, "Nothing was done.");
        }
    }
}

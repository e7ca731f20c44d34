using System.CommandLine;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Calls;

/// <summary>How far lists go.</summary>
internal static class Lists
{
    private const int Default = 100;
    private const int Longest = 1_000_000;
    private const int LargestPage = 500;

    public static Option<int> Limit() => Input.Count("--limit", "How many at most.", Default, Longest);

    /// <summary>How many to ask for at a time: one more than is shown tells that there is more.</summary>
    public static int PageSize(int limit) => Math.Min(limit + 1, LargestPage);
}

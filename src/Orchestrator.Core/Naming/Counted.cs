using System.Globalization;

namespace Orchestrator.Core.Naming;

/// <summary>Counts as sentences have them.</summary>
public static class Counted
{
    /// <summary><c>1 task</c>, <c>2,000 tasks</c>.</summary>
    public static string Of(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}

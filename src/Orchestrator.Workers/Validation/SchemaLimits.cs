using Orchestrator.Core.Tasks;

namespace Orchestrator.Workers.Validation;

/// <summary>What a schema may have, and what one check may cost, so that neither can be made to hold a processor or the memory.</summary>
public static class SchemaLimits
{
    /// <summary>Bytes of a schema.</summary>
    public const int MaxSchemaBytes = 256 * 1024;

    /// <summary>Levels of a schema, and of a payload.</summary>
    public const int MaxDepth = TaskLimits.MaxJsonDepth;

    /// <summary>Schemas within a schema.</summary>
    public const int MaxSchemas = 10_000;

    /// <summary>Different regular expressions of a schema.</summary>
    public const int MaxPatterns = 200;

    /// <summary>Characters of a regular expression.</summary>
    public const int MaxPatternLength = 2_000;

    /// <summary>How many schemas may stand for one and the same value, one within or behind the other.</summary>
    public const int MaxChain = 100;

    /// <summary>Errors that are named; what is wrong beyond them is not looked for.</summary>
    public const int MaxErrors = 100;

    /// <summary>Characters of a payload's own text that a message repeats.</summary>
    internal const int MaxQuote = 60;

    /// <summary>How deep checks may stand within one another.</summary>
    internal const int MaxNesting = 800;

    /// <summary>What a check may cost; a step takes a fraction of a microsecond.</summary>
    internal const long MaxSteps = 3_000_000;

    /// <summary>How long the regular expressions of one check may search, all together.</summary>
    internal static readonly TimeSpan MaxPatternTime = TimeSpan.FromMilliseconds(100);
}

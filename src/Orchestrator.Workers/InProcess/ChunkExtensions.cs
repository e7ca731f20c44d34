using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Workers;

internal static class ChunkExtensions
{
    /// <summary>Reports a text of any length in pieces of at most <see cref="TaskLimits.MaxChunkLength"/>, never between two surrogates.</summary>
    public static void AppendInPieces(this IAttemptReporter reporter, string text)
    {
        var start = 0;
        while (text.Length - start > TaskLimits.MaxChunkLength)
        {
            var end = start + TaskLimits.MaxChunkLength;
            if (char.IsHighSurrogate(text[end - 1]))
            {
                end--;
            }

            reporter.AppendChunk(text[start..end]);
            start = end;
        }

        if (start < text.Length)
        {
            reporter.AppendChunk(start == 0 ? text : text[start..]);
        }
    }
}

namespace Orchestrator.Core.Runs.Expressions.Values;

internal static class JsonDepth
{
    /// <summary>How many arrays and objects stand within each other in well-formed JSON.</summary>
    public static int Of(ReadOnlySpan<byte> utf8)
    {
        var (depth, deepest, isInText) = (0, 0, false);
        for (var i = 0; i < utf8.Length; i++)
        {
            switch (utf8[i])
            {
                case (byte)'\\':
                    i++;
                    break;
                case (byte)'"':
                    isInText = !isInText;
                    break;
                case (byte)'{' or (byte)'[' when !isInText:
                    deepest = Math.Max(deepest, ++depth);
                    break;
                case (byte)'}' or (byte)']' when !isInText:
                    depth--;
                    break;
            }
        }

        return deepest;
    }
}

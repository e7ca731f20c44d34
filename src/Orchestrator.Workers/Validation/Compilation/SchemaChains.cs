namespace Orchestrator.Workers.Validation.Compilation;

/// <summary>Finds schemas that lead back to themselves without going into the value, which no check could end, and chains that are too long.</summary>
internal static class SchemaChains
{
    public static void Check(IEnumerable<SchemaNode> nodes, List<PayloadError> errors)
    {
        var lengths = new Dictionary<SchemaNode, int>();
        foreach (var node in nodes)
        {
            if (errors.Count == 0)
            {
                Measure(node, lengths, errors);
            }
        }
    }

    /// <summary>Walks depth first; 0 stands for a schema whose chain is being measured.</summary>
    private static void Measure(SchemaNode start, Dictionary<SchemaNode, int> lengths, List<PayloadError> errors)
    {
        var path = new Stack<(SchemaNode Node, int Next)>();
        path.Push((start, 0));
        while (path.TryPop(out var step))
        {
            var (node, next) = step;
            if (next == 0)
            {
                if (lengths.TryGetValue(node, out var length))
                {
                    if (length == 0)
                    {
                        errors.Add(new PayloadError(node.Pointer, "leads back to itself for one and the same value, so that no check would end."));
                        return;
                    }

                    continue;
                }

                lengths.Add(node, 0);
            }

            if (next < node.SamePlace.Count)
            {
                path.Push((node, next + 1));
                path.Push((node.SamePlace[next], 0));
                continue;
            }

            lengths[node] = 1 + (node.SamePlace.Count == 0 ? 0 : node.SamePlace.Max(other => lengths[other]));
            if (lengths[node] > SchemaLimits.MaxChain)
            {
                errors.Add(new PayloadError(node.Pointer, $"leads on through more than {SchemaLimits.MaxChain} schemas for one and the same value."));
                return;
            }
        }
    }
}

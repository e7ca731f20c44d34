using System.Globalization;
using System.Text.Json;
using Orchestrator.Core.Naming;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Gateway.Requests;

/// <summary>The <c>ref</c>s and <c>dependsOn</c> of one batch: collected item by item, then resolved to ids once all are known.</summary>
internal sealed class BatchDependencies(FieldErrors errors)
{
    private readonly List<Guid> _ids = [];
    private readonly List<IReadOnlyList<(JsonElement Value, string Pointer)>> _entries = [];
    private readonly Dictionary<string, int> _refs = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _names = [];

    /// <param name="id">The id that the item's task will have.</param>
    /// <param name="item">The item; null when it is no object.</param>
    public void Add(Guid id, ObjectReader? item)
    {
        var index = _ids.Count;
        _ids.Add(id);
        _entries.Add(item?.Array("dependsOn", TaskLimits.MaxDependencies) ?? []);
        if (item is null || TaskReader.Name(item, "ref") is not { } name)
        {
            return;
        }

        if (Guid.TryParseExact(name, "D", out _))
        {
            errors.Malformed(item.At("ref"), "must not look like a task's id.");
        }
        else if (!_refs.TryAdd(name, index))
        {
            errors.Malformed(item.At("ref"), string.Create(CultureInfo.InvariantCulture, $"is the ref of /tasks/{_refs[name]} too."));
        }
        else
        {
            _names[index] = name;
        }
    }

    /// <summary>The dependencies of each item as ids; cycles and unknown refs become errors.</summary>
    public IReadOnlyList<IReadOnlyList<Guid>> Resolve()
    {
        if (_entries.Sum(entries => entries.Count) > TaskLimits.MaxBatchDependencies)
        {
            errors.Malformed("/tasks", string.Create(CultureInfo.InvariantCulture, $"have more than {TaskLimits.MaxBatchDependencies} dependencies together."));
            return [];
        }

        var resolved = new List<IReadOnlyList<Guid>>(_entries.Count);
        var edges = new List<IReadOnlyList<int>>(_entries.Count);
        foreach (var entries in _entries)
        {
            var targets = new List<int>();
            resolved.Add(ResolveItem(entries, targets));
            edges.Add(targets);
        }

        ReportCycles(edges);
        return resolved;
    }

    private List<Guid> ResolveItem(IReadOnlyList<(JsonElement Value, string Pointer)> entries, List<int> targets)
    {
        var seen = new HashSet<Guid>(entries.Count);
        var ids = new List<Guid>(entries.Count);
        foreach (var (value, pointer) in entries)
        {
            if (ResolveEntry(value, pointer, targets) is not { } id)
            {
                continue;
            }

            if (!seen.Add(id))
            {
                errors.Malformed(pointer, "is there twice.");
            }

            ids.Add(id);
        }

        return ids;
    }

    private Guid? ResolveEntry(JsonElement value, string pointer, List<int> targets)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (Guid.TryParseExact(text, "D", out var id))
        {
            return id;
        }

        if (_refs.TryGetValue(text, out var index))
        {
            targets.Add(index);
            return _ids[index];
        }

        if (ResourceName.IsValid(text))
        {
            errors.Unprocessable(pointer, "is not the ref of an item of this batch.");
        }
        else
        {
            errors.Malformed(pointer, "must be the id of a task or the ref of an item of this batch.");
        }

        return null;
    }

    private void ReportCycles(List<IReadOnlyList<int>> edges)
    {
        foreach (var cycle in DependencyGraph.FindCycles(edges))
        {
            var names = string.Join(", ", cycle.Take(10).Select(index => _names[index])) + (cycle.Count > 10 ? ", …" : "");
            foreach (var index in cycle)
            {
                errors.Unprocessable(
                    string.Create(CultureInfo.InvariantCulture, $"/tasks/{index}/dependsOn"),
                    cycle.Count == 1 ? "depends on itself." : $"is part of a cycle of {names}.");
            }
        }
    }
}

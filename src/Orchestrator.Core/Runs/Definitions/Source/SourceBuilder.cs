using Orchestrator.Core.Json;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Definitions.Source;

/// <summary>Builds the tree of a document from what a parser comes across, and tells of duplicate members and too much depth.</summary>
public sealed class SourceBuilder(ProblemList problems)
{
    private readonly List<Level> _levels = [];
    private int _tooDeep;

    /// <summary>The whole document, once its end was reached.</summary>
    public SourceNode? Root { get; private set; }

    /// <summary>Whether the next scalar or name is the name of a member.</summary>
    public bool ExpectsName => _tooDeep == 0 && _levels.Count > 0 && _levels[^1] is { Kind: SourceKind.Map, IsNamed: false };

    /// <summary>Whether what comes next stands too deep, which was told, and is dropped.</summary>
    public bool IsTooDeep => _tooDeep > 0;

    /// <summary>Begins an object or an array.</summary>
    public void Begin(SourceKind kind, SourcePlace place)
    {
        if (_tooDeep > 0)
        {
            _tooDeep++;
        }
        else if (_levels.Count == TaskLimits.MaxJsonDepth)
        {
            _tooDeep = 1;
            AddFault(place, $"is nested deeper than {TaskLimits.MaxJsonDepth} levels.");
        }
        else
        {
            _levels.Add(new Level(kind, place));
        }
    }

    public void End()
    {
        if (_tooDeep > 0)
        {
            _tooDeep--;
            return;
        }

        var level = _levels[^1];
        _levels.RemoveAt(_levels.Count - 1);
        Place(level.ToNode());
    }

    public void AddName(string name, SourcePlace place)
    {
        if (_tooDeep > 0)
        {
            return;
        }

        var level = _levels[^1];
        level.SetName(name, place);
        if (level.IsDropped)
        {
            Report(place, "is there twice; keep one of the two.");
        }
    }

    /// <summary>Tells of what stands for a name and is none; the value that follows is dropped.</summary>
    public void RefuseName(SourcePlace place, string fault)
    {
        Report(place, fault);
        _levels[^1].DropNext();
    }

    public void Add(SourceNode scalar)
    {
        if (_tooDeep == 0)
        {
            Place(scalar);
        }
    }

    /// <summary>Adds what stands for a value and is none.</summary>
    public void AddFault(SourcePlace place, string fault)
    {
        if (_tooDeep > 1)
        {
            return;
        }

        Report(place, fault);
        Place(new SourceNode { Kind = SourceKind.Unreadable, Place = place });
    }

    /// <summary>Tells of something about the value that comes next, or of the name that was just read.</summary>
    public void Report(SourcePlace place, string fault)
    {
        if (!problems.IsFull)
        {
            problems.Add(Pointer(), place, fault);
        }
    }

    private void Place(SourceNode node)
    {
        if (_levels.Count == 0)
        {
            Root = node;
        }
        else
        {
            _levels[^1].Add(node);
        }
    }

    private string Pointer() => _levels.Aggregate(JsonPointer.Root, static (pointer, level) => level.AppendTo(pointer));

    /// <summary>An object or an array that has not ended.</summary>
    private sealed class Level(SourceKind kind, SourcePlace place)
    {
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);
        private readonly List<SourceMember> _members = [];
        private readonly List<SourceNode> _items = [];
        private string _name = "";
        private SourcePlace _namePlace;

        public SourceKind Kind => kind;

        public bool IsNamed { get; private set; }

        public bool IsDropped { get; private set; }

        public void SetName(string name, SourcePlace namePlace)
        {
            (_name, _namePlace, IsNamed) = (name, namePlace, true);
            IsDropped = !_names.Add(name);
        }

        public void DropNext() => (IsNamed, IsDropped) = (true, true);

        public void Add(SourceNode node)
        {
            if (kind == SourceKind.List)
            {
                _items.Add(node);
            }
            else if (!IsDropped)
            {
                _members.Add(new SourceMember(_name, _namePlace, node));
            }

            IsNamed = false;
        }

        public string AppendTo(string pointer) => kind == SourceKind.List
            ? JsonPointer.Append(pointer, _items.Count)
            : IsNamed ? JsonPointer.Append(pointer, _name) : pointer;

        public SourceNode ToNode() => new() { Kind = kind, Place = place, Members = _members, Items = _items };
    }
}

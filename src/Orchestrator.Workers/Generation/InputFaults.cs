namespace Orchestrator.Workers.Generation;

/// <summary>Everything that is wrong with an input, each with where it stands.</summary>
internal sealed class InputFaults
{
    private const int MaxFaults = 20;

    private readonly List<string> _faults = [];

    public bool IsEmpty => _faults.Count == 0;

    public void Add(string path, string problem) => _faults.Add($"{path}: {problem}");

    public override string ToString() =>
        string.Join(' ', _faults.Count <= MaxFaults ? _faults : _faults.Take(MaxFaults).Append("There are more."));
}

using System.Text.RegularExpressions;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Tests.Tasks;

public sealed partial class LifecycleDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "lifecycle.md"));

    [Fact]
    public void Diagram_OfTheDocument_DrawsExactlyTheEdgesOfTheCode()
    {
        var drawn = Arrow().Matches(Document)
            .Select(match => new TaskEdge(
                match.Groups["from"].Value == "[*]" ? null : TaskStateNames.Parse(match.Groups["from"].Value),
                TaskStateNames.Parse(match.Groups["to"].Value),
                Enum.Parse<TaskTrigger>(match.Groups["trigger"].Value)))
            .ToList();

        Assert.Equal(TaskLifecycle.Edges, drawn);
    }

    [Fact]
    public void Diagram_OfTheDocument_EndsExactlyTheTerminalStates()
    {
        var ended = End().Matches(Document).Select(match => TaskStateNames.Parse(match.Groups["from"].Value));

        Assert.Equal(Enum.GetValues<TaskState>().Where(state => state.IsTerminal()), ended.Order());
    }

    [Fact]
    public void Table_OfTheDocument_DescribesEveryState()
    {
        var described = Row().Matches(Document).Select(match => TaskStateNames.Parse(match.Groups["state"].Value));

        Assert.Equal(Enum.GetValues<TaskState>(), described);
    }

    [GeneratedRegex(@"^\s+(?<from>\[\*\]|\w+) --> (?<to>\w+): (?<trigger>\w+)$", RegexOptions.Multiline)]
    private static partial Regex Arrow();

    [GeneratedRegex(@"^\s+(?<from>\w+) --> \[\*\]$", RegexOptions.Multiline)]
    private static partial Regex End();

    [GeneratedRegex(@"^\| `(?<state>\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}

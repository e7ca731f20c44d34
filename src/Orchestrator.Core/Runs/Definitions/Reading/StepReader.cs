using System.Text.Json;
using Orchestrator.Core.Agents;
using Orchestrator.Core.Naming;
using Orchestrator.Core.Runs.Definitions.Source;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Definitions.Reading;

/// <summary>Reads one step.</summary>
internal sealed class StepReader(ProblemList problems, DefinitionName? owner)
{
    private static readonly string[] Work = ["action", "agent", "run"];
    private static readonly string[] OfWork = ["foreach", "input", "output", "retry", "timeoutMs", "cache", "skills", "resources", "priority", "compensate"];
    private static readonly string[] OfTasks = ["retry", "cache", "skills", "resources"];

    private readonly ExpressionReader _expressions = new(problems);
    private readonly TermsReader _terms = new(problems);
    private readonly List<(DefinitionName Name, string Path)> _subRuns = [];

    /// <summary>The definitions of which the steps read so far are runs, with the JSON Pointers of their names.</summary>
    public IReadOnlyList<(DefinitionName Name, string Path)> SubRuns => _subRuns;

    /// <summary>The step, as far as it can be read; null where it is no object.</summary>
    public StepDraft? Read(SourceNode node, string path)
    {
        if (MemberReader.Open(node, path, problems, Members.Step) is not { } step)
        {
            return null;
        }

        var id = ReadId(step);
        var references = ReadNeeds(step);
        var definition = ReadWork(step, new StepDefinition
        {
            Id = id ?? "",
            Name = step.Text("name", TaskLimits.MaxNameLength),
            Description = step.Text("description", RunLimits.MaxDescriptionLength),
        });
        var ignored = FindIgnored(step, definition);
        foreach (var name in ignored.Where(step.Has))
        {
            step.Refuse(name, definition.Run is null
                ? "is for work, and this step is a decision of a person alone; leave it out, or name an action, an agent or a run."
                : "is for tasks; what a sub-run does is said by its own definition. Leave it out.");
        }

        var scope = new ReadScope(id, references);
        definition = ReadConditions(step, definition, scope, ignored);
        definition = ReadData(step, definition, scope, ignored);
        return new StepDraft(_terms.Read(step, definition, ignored), node, path, references);
    }

    private string? ReadId(MemberReader step)
    {
        step.Require("id");
        if (step.Text("id") is not { } id)
        {
            return null;
        }

        var isSound = id.Length <= RunLimits.MaxStepIdLength && (char.IsAsciiLetter(id[0]) || id[0] == '_')
            && id.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
        if (!isSound)
        {
            problems.Add(step.At("id"), step.Find("id")!.Place, $"must be a letter or _, then letters, digits, _ and -; at most {RunLimits.MaxStepIdLength} characters.");
        }

        return id;
    }

    private List<StepReference> ReadNeeds(MemberReader step)
    {
        var references = new List<StepReference>();
        foreach (var (node, path) in step.Items("needs", 0, RunLimits.MaxNeeds, "ids of steps"))
        {
            if (MemberReader.TextOf(node, path, problems) is not { } id)
            {
                continue;
            }

            if (references.Exists(reference => reference.Step == id))
            {
                problems.Add(path, node.Place, "is there twice.");
            }
            else
            {
                references.Add(new StepReference(id, node, path, IsRead: false));
            }
        }

        return references;
    }

    /// <summary>What the step does: a task, a sub-run, or a decision alone.</summary>
    private StepDefinition ReadWork(MemberReader step, StepDefinition definition)
    {
        var named = Work.Where(step.Has).ToList();
        foreach (var name in named.Skip(1))
        {
            step.Refuse(name, $"stands beside {named[0]}; a step has one of {Listing.Of(Work)}. Make another step of it.");
        }

        if (named.Count == 0)
        {
            if (!step.Has("approval"))
            {
                problems.Add(step.Path, step.Node.Place, "has nothing to do; it needs one of action, agent, run and approval.");
            }

            return definition;
        }

        var text = step.Text(named[0]);
        return named[0] switch
        {
            // What cannot be read leaves its kind behind, so that the rest is judged as what was meant.
            "run" => definition with { Run = (text is null ? null : ReadRun(step, text)) ?? new DefinitionName("", "", "") },
            "agent" => definition with { Action = text is null ? "" : ReadAgent(step, text) },
            _ => definition with { Action = text is null ? "" : _terms.CheckAction(step, text) },
        };
    }

    private string ReadAgent(MemberReader step, string agent)
    {
        if (agent != AgentActions.AnyName && !AgentActions.IsAgentName(agent))
        {
            problems.Add(step.At("agent"), step.Find("agent")!.Place, $"must be of the form {ResourceName.Pattern} and at most {AgentLimits.MaxNameLength} characters long.");
        }

        return AgentActions.Of(agent);
    }

    private DefinitionName? ReadRun(MemberReader step, string text)
    {
        var name = DefinitionName.Parse(text);
        if (name is null)
        {
            problems.Add(step.At("run"), step.Find("run")!.Place, "must name a version of a definition, as in acme/report@1.");
        }
        else if (name == owner)
        {
            problems.Add(step.At("run"), step.Find("run")!.Place, "is this definition itself; a sub-run is of one that is published already.");
        }
        else
        {
            _subRuns.Add((name, step.At("run")));
        }

        return name;
    }

    /// <summary>The members that mean nothing to a step of this kind.</summary>
    private static string[] FindIgnored(MemberReader step, StepDefinition definition) =>
        definition.Run is not null ? OfTasks
        : definition.Action is null && step.Has("approval") ? OfWork
        : [];

    private StepDefinition ReadConditions(MemberReader step, StepDefinition definition, ReadScope scope, string[] ignored)
    {
        if (step.Find("if") is { } condition)
        {
            definition = definition with { If = _expressions.ReadExpression(condition, step.At("if"), scope, FaultOfCondition) };
        }

        if (step.Find("foreach") is { } items && !ignored.Contains("foreach"))
        {
            definition = definition with { Foreach = ReadForeach(step, items, scope) };
        }

        return definition with { ContinueOnFailure = step.IsSecondOf("onFailure", "fail", "continue") };
    }

    private ForeachDefinition? ReadForeach(MemberReader step, SourceNode node, ReadScope scope)
    {
        var path = step.At("foreach");
        int? maxParallel = null;
        if (node.Kind == SourceKind.Map)
        {
            var members = MemberReader.Open(node, path, problems, Members.Foreach)!;
            maxParallel = (int?)members.Integer("maxParallel", 1, RunLimits.MaxMaxParallel);
            path = members.At("items");
            if (members.Require("items") is not { } items)
            {
                return null;
            }

            node = items;
        }

        return _expressions.ReadExpression(node, path, scope, FaultOfItems) is { } expression ? new ForeachDefinition(expression, maxParallel) : null;
    }

    private StepDefinition ReadData(MemberReader step, StepDefinition definition, ReadScope scope, string[] ignored)
    {
        var perItem = scope with { HasItem = step.Has("foreach") };
        if (step.Find("input") is { } input && !ignored.Contains("input"))
        {
            definition = definition with { Input = _expressions.ReadTemplate(input, step.At("input"), perItem) };
        }

        if (step.Find("output") is { } output && !ignored.Contains("output"))
        {
            definition = definition with { Output = _expressions.ReadTemplate(output, step.At("output"), perItem with { HasOutput = true }) };
        }

        var ended = scope with { HasOutput = !ignored.Contains("output") };
        if (step.Object("approval", Members.Approval) is { } approval)
        {
            definition = definition with { Approval = ReadApproval(approval, ended) };
        }

        return !ignored.Contains("compensate") && step.Object("compensate", Members.Compensate) is { } compensation
            ? definition with { Compensation = ReadCompensation(compensation, ended with { HasEnded = true }) }
            : definition;
    }

    private ApprovalDefinition? ReadApproval(MemberReader approval, ReadScope scope)
    {
        var timeoutMs = approval.Integer("timeoutMs", 1, (long)TaskLimits.MaxApprovalTime.TotalMilliseconds);
        var continues = approval.IsSecondOf("onTimeout", "fail", "continue");
        approval.Require("question");
        return approval.Text("question", TaskLimits.MaxQuestionLength) is not null
            && _expressions.ReadTemplate(approval.Find("question")!, approval.At("question"), scope) is { } question
            ? new ApprovalDefinition(question, timeoutMs, continues)
            : null;
    }

    private CompensationDefinition ReadCompensation(MemberReader compensation, ReadScope scope)
    {
        compensation.Require("action");
        var action = compensation.Text("action") is { } text ? _terms.CheckAction(compensation, text) : "";
        var input = compensation.Find("input") is { } node ? _expressions.ReadTemplate(node, compensation.At("input"), scope) : null;
        return new CompensationDefinition(action, input, TermsReader.ReadMaxAttempts(compensation), TermsReader.ReadTimeout(compensation));
    }

    private static string? FaultOfCondition(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.False or JsonValueKind.Null => "is always false, so the step can never begin; take the step away, or let the condition depend on the run.",
        JsonValueKind.True => null,
        _ => $"must be true or false, but is always {value.GetRawText()}.",
    };

    private static string? FaultOfItems(JsonElement value) =>
        value.ValueKind != JsonValueKind.Array ? $"must be an array, but is always {value.GetRawText()}."
        : value.GetArrayLength() == 0 ? "is always empty, so the step can never begin; take the step away, or let the items depend on the run."
        : value.GetArrayLength() > RunLimits.MaxItems ? $"has {value.GetArrayLength()} items; at most {RunLimits.MaxItems} are taken."
        : null;
}

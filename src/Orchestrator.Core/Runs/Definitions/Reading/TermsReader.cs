using Orchestrator.Core.Json;
using Orchestrator.Core.Naming;
using Orchestrator.Core.Runs.Definitions.Source;
using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Definitions.Reading;

/// <summary>Reads what holds for the tasks of a step: how often, how long, with what, and how soon.</summary>
internal sealed class TermsReader(ProblemList problems)
{
    /// <param name="ignored">The members that were refused already.</param>
    public StepDefinition Read(MemberReader step, StepDefinition definition, string[] ignored)
    {
        bool Takes(string name) => !ignored.Contains(name);
        return definition with
        {
            MaxAttempts = Takes("retry") ? ReadMaxAttempts(step) : null,
            TimeoutMs = !Takes("timeoutMs") ? null : definition.Run is null ? ReadTimeout(step) : (int?)step.Integer("timeoutMs", 1, int.MaxValue),
            CacheSeconds = Takes("cache") ? ReadCache(step) : null,
            Skills = Takes("skills") ? ReadSkills(step) : [],
            Resources = Takes("resources") ? ReadResources(step) : [],
            Priority = Takes("priority") ? ReadPriority(step) : null,
        };
    }

    public static int? ReadMaxAttempts(MemberReader of)
    {
        if (of.Object("retry", Members.Retry) is not { } retry)
        {
            return null;
        }

        retry.Require("maxAttempts");
        return (int?)retry.Integer("maxAttempts", 1, TaskLimits.MaxMaxAttempts);
    }

    public static int? ReadTimeout(MemberReader of) => (int?)of.Integer("timeoutMs", TaskLimits.MinTimeoutMs, TaskLimits.MaxTimeoutMs);

    public string CheckAction(MemberReader of, string action)
    {
        if (!ResourceName.IsValid(action))
        {
            problems.Add(of.At("action"), of.Find("action")!.Place, $"must be of the form {ResourceName.Pattern}.");
        }

        return action;
    }

    private static int? ReadCache(MemberReader step)
    {
        if (step.Object("cache", Members.Cache) is not { } cache)
        {
            return null;
        }

        cache.Require("ttlSeconds");
        return (int?)cache.Integer("ttlSeconds", 1, RunLimits.MaxCacheSeconds);
    }

    private List<string> ReadSkills(MemberReader step)
    {
        var skills = new List<string>();
        foreach (var (node, path) in step.Items("skills", 0, TaskLimits.MaxSkills, "names of skills"))
        {
            if (MemberReader.TextOf(node, path, problems) is not { } skill)
            {
                continue;
            }

            if (!ResourceName.IsValid(skill))
            {
                problems.Add(path, node.Place, $"must be of the form {ResourceName.Pattern}.");
            }
            else if (skills.Contains(skill))
            {
                problems.Add(path, node.Place, "is there twice.");
            }

            skills.Add(skill);
        }

        return skills;
    }

    private Dictionary<string, int> ReadResources(MemberReader step)
    {
        var amounts = new Dictionary<string, int>(StringComparer.Ordinal);
        if (step.Find("resources") is not { } node)
        {
            return amounts;
        }

        var path = step.At("resources");
        if (node.Kind != SourceKind.Map)
        {
            MemberReader.Expect(node, path, problems, "must be an object of amounts by the names of resources.");
            return amounts;
        }

        if (node.Members.Count > TaskLimits.MaxResources)
        {
            problems.Add(path, node.Place, $"must have at most {TaskLimits.MaxResources} members.");
            return amounts;
        }

        var resources = MemberReader.Open(node, path, problems, [.. node.Members.Select(member => member.Name)])!;
        foreach (var member in node.Members)
        {
            if (!ResourceName.IsValid(member.Name))
            {
                problems.Add(JsonPointer.Append(path, member.Name), member.Place, $"must be named in the form {ResourceName.Pattern}.");
            }

            resources.Require(member.Name);
            amounts[member.Name] = (int?)resources.Integer(member.Name, 1, TaskLimits.MaxResourceAmount) ?? 0;
        }

        return amounts;
    }

    private int? ReadPriority(MemberReader step)
    {
        if (step.Find("priority") is not { } node)
        {
            return null;
        }

        var score = node.Kind switch
        {
            SourceKind.Text => PriorityHint.Score(node.Text),
            SourceKind.Number when int.TryParse(node.Text, out var number) && number is >= PriorityHint.MinScore and <= PriorityHint.MaxScore => number,
            _ => null,
        };
        if (score is null)
        {
            MemberReader.Expect(node, step.At("priority"), problems, $"must be low, medium, high, or a whole number from {PriorityHint.MinScore} to {PriorityHint.MaxScore}.");
        }

        return score;
    }
}

using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Gateway.Dashboard.Runs;

/// <summary>What a step does, in a few words.</summary>
internal static class StepKind
{
    public static string Of(StepDefinition step)
    {
        var what = step.Action ?? (step.Run is { } run ? $"run of {run}" : "a decision");
        return step.Foreach is null ? what : $"{what}, for each item";
    }
}

using Orchestrator.Core.Agents;
using Orchestrator.Core.Naming;

namespace Orchestrator.Gateway.Requests;

/// <summary>Ids in paths: of another form they are a 400, so that a typing error is not taken for something that is gone.</summary>
internal static class PathIds
{
    public static Guid Uuid(FieldErrors errors, string value, string parameter = "id")
    {
        if (!Guid.TryParseExact(value, "D", out var id))
        {
            errors.Malformed(JsonPointer.Append(JsonPointer.Root, parameter), "in the path must be a UUID.");
        }

        return id;
    }

    public static string Workspace(FieldErrors errors, string value) => Name(errors, value, "ws");

    public static string Schedule(FieldErrors errors, string value) => Name(errors, value, "schedule");

    /// <summary>What the name of an agent must be.</summary>
    public static string AgentExpectation { get; } =
        $"must be of the form {ResourceName.Pattern}, have at most {AgentLimits.MaxNameLength} characters and not be {AgentActions.AnyName}.";

    public static string Agent(FieldErrors errors, string value)
    {
        if (!AgentActions.IsAgentName(value))
        {
            errors.Malformed(JsonPointer.Append(JsonPointer.Root, "name"), $"in the path {AgentExpectation}");
        }

        return value;
    }

    public static string Step(FieldErrors errors, string value)
    {
        if (!StepName.IsValid(value))
        {
            errors.Malformed(JsonPointer.Append(JsonPointer.Root, "step"), $"in the path must be of the form {StepName.Pattern}.");
        }

        return value;
    }

    public static string Name(FieldErrors errors, string value, string parameter)
    {
        if (!ResourceName.IsValid(value))
        {
            errors.Malformed(JsonPointer.Append(JsonPointer.Root, parameter), $"in the path must be of the form {ResourceName.Pattern}.");
        }

        return value;
    }
}

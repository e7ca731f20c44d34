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

    public static string Name(FieldErrors errors, string value, string parameter)
    {
        if (!ResourceName.IsValid(value))
        {
            errors.Malformed(JsonPointer.Append(JsonPointer.Root, parameter), $"in the path must be of the form {ResourceName.Pattern}.");
        }

        return value;
    }
}

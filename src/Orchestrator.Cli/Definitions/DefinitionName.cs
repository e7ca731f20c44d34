using System.CommandLine;

namespace Orchestrator.Cli.Definitions;

/// <summary><c>owner/name</c>, or <c>owner/name@version</c>.</summary>
internal sealed record DefinitionName(string Owner, string Name, string? Version)
{
    public static Argument<DefinitionName> Argument() => new("definition")
    {
        Description = "As owner/name@version; the version published last without one.",
        CustomParser = result =>
        {
            if (Parse(result.Tokens.Single().Value) is { } name)
            {
                return name;
            }

            result.AddError($"'{result.Tokens.Single().Value}' must be owner/name or owner/name@version.");
            return null;
        },
    };

    public static DefinitionName? Parse(string text)
    {
        var at = text.Split('@', 2);
        return at[0].Split('/') is [{ Length: > 0 } owner, { Length: > 0 } name] && at is [_] or [_, { Length: > 0 }]
            ? new DefinitionName(owner, name, at.ElementAtOrDefault(1))
            : null;
    }
}

using System.CommandLine;
using System.Globalization;

namespace Orchestrator.Cli.Inputs;

/// <summary>Options of the form <c>name=value</c>.</summary>
internal static class Pairs
{
    public static Option<string[]> Option(string name, string description, string shape)
    {
        var option = Input.Many(name, description, shape);
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError($"{name} must be of the form {shape}, unlike '{token.Value}'.");
            }
        });
        return option;
    }

    public static IReadOnlyList<(string Name, string Value)> Of(string[]? given) =>
        [.. (given ?? []).Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], pair[1]))];

    public static IReadOnlyList<(string Name, decimal Number)> NumbersOf(string[]? given, string option) =>
        [.. Of(given).Select(pair => (pair.Name, decimal.TryParse(pair.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new CliException(CliExitCodes.Usage, $"{option} {pair.Name} must be a number.")))];
}

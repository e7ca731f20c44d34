using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Orchestrator.Cli.Inputs;

/// <summary>Options and arguments that say what they take, and read it strictly.</summary>
internal static class Input
{
    public static Option<string?> Text(string name, string description, string? shape = null, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = shape ?? "text" };

    public static Option<string?> Json(string name, string description) =>
        new(name) { Description = $"{description} JSON; @file or - (standard input) has it read from there.", HelpName = "json" };

    public static Option<bool> Flag(string name, string description, params string[] aliases) => new(name, aliases) { Description = description };

    public static Option<string[]> Many(string name, string description, string shape) =>
        new(name) { Description = $"{description} May be given more than once.", HelpName = shape, DefaultValueFactory = static _ => [] };

    public static Option<string?> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', values) };
        Check(option, $"must be one of {string.Join(", ", values)}.", text => values.Contains(text, StringComparer.Ordinal));
        option.CompletionSources.Add(values);
        return option;
    }

    public static Option<int> Count(string name, string description, int @default, int max) =>
        new(name) { Description = description, HelpName = "n", DefaultValueFactory = _ => @default, CustomParser = result => WholeNumber(result, name, 1, max) };

    public static Option<int?> Limit(string name, string description, int max = int.MaxValue, params string[] aliases) => Number(name, description, 1, max, aliases);

    public static Option<int?> Number(string name, string description, int min, int max, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = "n", CustomParser = result => WholeNumber(result, name, min, max) };

    public static Option<decimal?> Decimal(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = result => Parsed<decimal?>(
            result,
            decimal.TryParse(result.Tokens.Single().Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            $"{name} must be a number."),
    };

    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = $"{description} As 500ms, 30s, 5m, 2h or 1d.",
        HelpName = "duration",
        CustomParser = result => Parsed(result, Durations.Parse(result.Tokens.Single().Value), $"{name} must be a duration such as 500ms, 30s, 5m, 2h or 1d."),
    };

    public static Option<DateTimeOffset?> Moment(string name, string description) => new(name)
    {
        Description = $"{description} As 2026-01-31T12:00:00Z.",
        HelpName = "time",
        CustomParser = result => Parsed<DateTimeOffset?>(
            result,
            DateTimeOffset.TryParse(result.Tokens.Single().Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null,
            $"{name} must be a time such as 2026-01-31T12:00:00Z."),
    };

    public static Option<Guid?> IdOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "id",
        CustomParser = result => Parsed<Guid?>(result, Guid.TryParse(result.Tokens.Single().Value, out var id) ? id : null, $"{name} must be an id."),
    };

    public static Argument<Guid> Id(string noun) => new("id")
    {
        Description = $"The {noun}'s id.",
        CustomParser = result => Parsed<Guid>(result, Guid.TryParse(result.Tokens.Single().Value, out var id) ? id : null, $"'{result.Tokens.Single().Value}' is no id of a {noun}."),
    };

    public static Argument<string> Name(string name, string description) => new(name) { Description = description };

    public static void Check(Option<string?> option, string expectation, Predicate<string> isGood) => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && !isGood(text))
        {
            result.AddError($"{option.Name} {expectation}");
        }
    });

    private static T? Parsed<T>(ArgumentResult result, T? value, string mistake)
    {
        if (value is null)
        {
            result.AddError(mistake);
        }

        return value;
    }

    private static T Parsed<T>(ArgumentResult result, T? value, string mistake)
        where T : struct
    {
        if (value is null)
        {
            result.AddError(mistake);
        }

        return value.GetValueOrDefault();
    }

    private static int WholeNumber(ArgumentResult result, string name, int min, int max)
    {
        if (!int.TryParse(result.Tokens.Single().Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < min || number > max)
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number from {min} to {max}."));
        }

        return number;
    }
}

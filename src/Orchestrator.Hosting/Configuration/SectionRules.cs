using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Orchestrator.Hosting.Configuration;

/// <summary>Holds an options object against the bounds that its properties declare.</summary>
internal static class SectionRules
{
    public static void Check(string section, object options, List<ConfigurationMistake> mistakes)
    {
        foreach (var setting in SectionReader.Settings(options.GetType()))
        {
            if (setting.GetValue(options) is not { } value)
            {
                continue;
            }

            var broken = setting.GetCustomAttributes<ValidationAttribute>().FirstOrDefault(rule => !rule.IsValid(value));
            if (broken is not null)
            {
                mistakes.Add(new(SectionReader.NameOf(section, setting), $"is {SettingType.Format(value)}.", $"Set it to {Describe(setting)}."));
            }
        }
    }

    /// <summary>What a setting may be, in words: its type, and its bounds where it has some.</summary>
    public static string Describe(PropertyInfo setting)
    {
        var type = SettingType.Of(setting.PropertyType);
        return Bounds(setting) is { } bounds ? $"{type.Expectation} {bounds}" : type.Expectation;
    }

    /// <summary>The bounds of a setting in words; null when it has none.</summary>
    public static string? Bounds(PropertyInfo setting)
    {
        if (setting.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            return $"from {SettingType.Format(Typed(range, range.Minimum))} to {SettingType.Format(Typed(range, range.Maximum))}";
        }

        return setting.GetCustomAttribute<StringLengthAttribute>() is { } length
            ? string.Create(CultureInfo.InvariantCulture, $"of {length.MinimumLength} to {length.MaximumLength} characters")
            : null;
    }

    // The attribute keeps bounds that are no numbers as text until it is first used.
    private static object Typed(RangeAttribute range, object bound) =>
        range.OperandType == typeof(TimeSpan) && bound is string text ? TimeSpan.Parse(text, CultureInfo.InvariantCulture) : bound;
}

using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Orchestrator.Hosting.Configuration;

/// <summary>Reads a section into an options object. Every key must be one of its properties and every value must be of that property's type.</summary>
internal static class SectionReader
{
    /// <summary>The settings of an options type.</summary>
    public static IReadOnlyList<PropertyInfo> Settings(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true })];

    /// <summary>How a setting is called: below its section, or by the name of its own that it has outside of all sections.</summary>
    public static string NameOf(string section, PropertyInfo setting) =>
        setting.GetCustomAttribute<ConfigurationKeyNameAttribute>() is { } own ? own.Name : $"{section}:{setting.Name}";

    /// <summary>Reads settings that stand outside of all sections.</summary>
    public static void ReadNamed(IConfiguration configuration, object options, List<ConfigurationMistake> mistakes)
    {
        foreach (var setting in Settings(options.GetType()))
        {
            ReadValue(configuration.GetSection(NameOf("", setting)), setting, options, mistakes);
        }
    }

    public static void Read(IConfigurationSection section, object options, List<ConfigurationMistake> mistakes)
    {
        var settings = Settings(options.GetType());
        if (section.Value is { Length: > 0 })
        {
            mistakes.Add(new(section.Path, "is a section, but has a value itself.", $"Remove the value and set {section.Path}:{settings[0].Name} and such."));
        }

        foreach (var child in section.GetChildren())
        {
            if (settings.FirstOrDefault(setting => setting.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is { } setting)
            {
                ReadValue(child, setting, options, mistakes);
            }
            else
            {
                mistakes.Add(new(child.Path, "is not a setting.", Nearest.Suggest(child.Key, settings.Select(known => known.Name))));
            }
        }
    }

    /// <summary>Sets every setting of <paramref name="to"/> to what it is in <paramref name="from"/>.</summary>
    public static void Copy(object from, object to)
    {
        foreach (var setting in Settings(from.GetType()))
        {
            setting.SetValue(to, setting.GetValue(from));
        }
    }

    /// <summary>Settings whose names the user chooses, each a number.</summary>
    private static Dictionary<string, T> ReadByName<T>(IConfigurationSection section, List<ConfigurationMistake> mistakes)
        where T : struct
    {
        var amounts = new Dictionary<string, T>(StringComparer.Ordinal);
        var type = SettingType.Of(typeof(T));
        if (section.Value is { Length: > 0 })
        {
            mistakes.Add(new(section.Path, "is a section, but has a value itself.", $"Remove the value and set {section.Path}:{{name}} to {type.Expectation}."));
        }

        foreach (var child in section.GetChildren())
        {
            if (child.Value is { Length: > 0 } text && type.Parse(text.Trim()) is T amount)
            {
                amounts[child.Key] = amount;
            }
            else
            {
                mistakes.Add(new(child.Path, $"is \"{child.Value}\".", $"Set it to {type.Expectation}."));
            }
        }

        return amounts;
    }

    /// <summary>A list as one text with commas, or as an array of the configuration file.</summary>
    private static List<string> ReadNames(IConfigurationSection section) =>
        [.. section.GetChildren().Select(child => child.Value).Prepend(section.Value)
            .SelectMany(text => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    /// <summary>A list of sections.</summary>
    private static IList ReadItems(IConfigurationSection section, Type listType, Type itemType, List<ConfigurationMistake> mistakes)
    {
        var items = (IList)Activator.CreateInstance(listType)!;
        foreach (var child in section.GetChildren())
        {
            var item = Activator.CreateInstance(itemType)!;
            Read(child, item, mistakes);
            items.Add(item);
        }

        if (section.Value is { Length: > 0 } text)
        {
            mistakes.Add(new(section.Path, $"is \"{text}\".", $"Set it to {SettingType.Of(listType).Expectation}."));
        }

        return items;
    }

    private static void ReadValue(IConfigurationSection value, PropertyInfo setting, object options, List<ConfigurationMistake> mistakes)
    {
        var type = SettingType.Of(setting.PropertyType);
        if (setting.PropertyType == typeof(Dictionary<string, int>))
        {
            setting.SetValue(options, ReadByName<int>(value, mistakes));
        }
        else if (setting.PropertyType == typeof(Dictionary<string, double>))
        {
            setting.SetValue(options, ReadByName<double>(value, mistakes));
        }
        else if (setting.PropertyType == typeof(List<string>))
        {
            setting.SetValue(options, ReadNames(value));
        }
        else if (SettingType.ItemOf(setting.PropertyType) is { } item)
        {
            setting.SetValue(options, ReadItems(value, setting.PropertyType, item, mistakes));
        }
        else if (value.GetChildren().Any())
        {
            mistakes.Add(new(value.Path, "has settings below it, but is one itself.", $"Set it to {type.Expectation}."));
        }
        else if (value.Value is { Length: > 0 } text)
        {
            if (type.Parse(text.Trim()) is { } parsed)
            {
                setting.SetValue(options, parsed);
            }
            else
            {
                mistakes.Add(new(value.Path, $"is \"{text}\".", $"Set it to {type.Expectation}."));
            }
        }
    }
}

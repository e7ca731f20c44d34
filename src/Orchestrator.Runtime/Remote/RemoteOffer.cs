using System.Collections.ObjectModel;
using System.Globalization;

namespace Orchestrator.Runtime.Remote;

/// <summary>What a remote worker asks for.</summary>
/// <param name="Actions">What it serves.</param>
/// <param name="Slots">How many tasks it can take now.</param>
public sealed record RemoteOffer(IReadOnlyList<string> Actions, int Slots)
{
    public const int MaxActions = 100;
    public const int MaxSkills = 50;
    public const int MaxSlots = 1_000;

    /// <summary>The longest that a request waits for a task.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    /// <summary>The workspaces that it works for, by name; null for all.</summary>
    public IReadOnlyCollection<string>? Workspaces { get; init; }

    /// <summary>How well it does what needs a skill; empty when it declares none.</summary>
    public IReadOnlyDictionary<string, double> Skills { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>The same for all that may be given the same tasks. Names have neither comma, equals sign nor bar.</summary>
    internal string ToKey() => string.Join(
        '|',
        string.Join(',', Actions.Order(StringComparer.Ordinal)),
        Workspaces is null ? "*" : string.Join(',', Workspaces.Order(StringComparer.Ordinal)),
        string.Join(',', Skills.OrderBy(static skill => skill.Key, StringComparer.Ordinal).Select(static skill => string.Create(CultureInfo.InvariantCulture, $"{skill.Key}={skill.Value:R}"))));
}

using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Runtime.Options;

/// <summary>This process as a silo. Section <c>Silo</c>.</summary>
public sealed class SiloOptions
{
    public const string Section = "Silo";
    public const int DefaultSlots = 64;

    /// <summary>Whether this process executes tasks. Default: true on SQLite, false on PostgreSQL; a silo host always does.</summary>
    public bool? Embedded { get; set; }

    /// <summary>How many attempts run at the same time. Default: 64.</summary>
    [Range(1, 10_000)]
    public int Slots { get; set; } = DefaultSlots;

    /// <summary>How many slots attempts leave free whose action takes a second or longer. Default: an eighth of <c>Silo:Slots</c>; at least two of four or more, one of two or three, none of one.</summary>
    [Range(0, 9_999)]
    public int? ReservedSlots { get; set; }

    /// <summary>The silo's name in lists and events. Default: <c>{host}-{process id}</c>, so that two silos of one machine differ.</summary>
    [StringLength(63, MinimumLength = 1)]
    public string? Name { get; set; }

    /// <summary>How long a draining silo lets attempts finish before it hands them back. Default: 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);
}

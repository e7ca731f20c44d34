namespace Orchestrator.Client.Workers;

/// <summary>What a remote worker can do, and how much at a time.</summary>
public sealed class RemoteWorkerOptions
{
    public const int DefaultSlots = 4;
    public static readonly TimeSpan DefaultPoll = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan DefaultDrainTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The actions that its handler executes.</summary>
    public required IReadOnlyList<string> Actions { get; set; }

    /// <summary>Only tasks of these workspaces; null for all.</summary>
    public IReadOnlyList<string>? Workspaces { get; set; }

    /// <summary>How well it does what needs a skill, by the skill's name, above 0 and up to 1.</summary>
    public IReadOnlyDictionary<string, double>? Skills { get; set; }

    /// <summary>How many tasks it works on at the same time, from 1 to 1,000. Default: 4.</summary>
    public int Slots { get; set; } = DefaultSlots;

    /// <summary>How long one request waits for a task, up to a minute. Default: 30 s.</summary>
    public TimeSpan Poll { get; set; } = DefaultPoll;

    /// <summary>How long what runs may take to finish once the worker is asked to stop; then it is given back for another attempt. Default: 30 s.</summary>
    public TimeSpan DrainTimeout { get; set; } = DefaultDrainTimeout;

    /// <summary>Told of what goes wrong around the handler. The worker goes on.</summary>
    public Action<RemoteWorkerProblem>? OnProblem { get; set; }

    internal void Check()
    {
        if (Actions.Count == 0 || Slots is < 1 or > 1_000 || Poll < TimeSpan.Zero || Poll > TimeSpan.FromMinutes(1) || DrainTimeout < TimeSpan.Zero)
        {
            throw new ArgumentException(
                $"{nameof(Actions)} must name at least one action, {nameof(Slots)} be from 1 to 1,000, {nameof(Poll)} at most a minute, and {nameof(DrainTimeout)} not negative.");
        }
    }
}

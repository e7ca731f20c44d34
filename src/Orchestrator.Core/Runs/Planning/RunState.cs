using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>Where a run stands, without its input and outputs. Small: it is written anew with each step.</summary>
public sealed record RunState
{
    public RunStatus Status { get; init; }

    /// <summary>Whether its first event has come.</summary>
    public bool HasBegun { get; init; }

    /// <summary>Whether completed steps are being undone.</summary>
    public bool IsCompensating { get; init; }

    /// <summary>Whether it is being undone because a person aborted it.</summary>
    public bool IsAborting { get; init; }

    /// <summary>Whether completed steps were undone, or are being; such a run is not started again.</summary>
    public bool WasCompensated { get; init; }

    /// <summary>Whether it failed because it could not be carried on; such a run is not started again, as nobody knows how far it came.</summary>
    public bool IsBroken { get; init; }

    /// <summary>One for each step of the definition, in its order.</summary>
    public required IReadOnlyList<StepState> Steps { get; init; }

    /// <summary>Why it failed or was aborted; while it is started: why it will fail once what is under way has ended.</summary>
    public TaskError? Error { get; init; }

    /// <summary>Until when nothing is started, since there was no room for it; null for no such time.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>How many tasks and sub-runs it has under way, those among them that were given up and have not ended yet.</summary>
    public int InFlight => Steps.Sum(static step => step.InFlight);

    /// <summary>Whether a step of it waits for a person.</summary>
    public bool IsWaiting => Steps.Any(static step => step.Status == StepStatus.Waiting);

    /// <summary>The work under way that is still wanted.</summary>
    public IEnumerable<WorkKey> FindInFlight() => Steps.SelectMany(FindInFlight);

    /// <summary>Whether this work is under way and still wanted: one of <see cref="FindInFlight()"/>.</summary>
    public bool IsInFlight(WorkKey key)
    {
        if (Steps.FirstOrDefault(step => step.Id == key.Step) is not { } step)
        {
            return false;
        }

        if (key.IsCompensation)
        {
            return step.Compensation == StepStatus.Running;
        }

        return step.Status == StepStatus.Running && step.Round == key.Round
            && (key.Item is { } item ? item < step.Items?.Count && step.Items[item] == StepStatus.Running : step.Items is null);
    }

    public static RunState Parse(ReadOnlySpan<byte> utf8) => RunStateReader.Read(utf8);

    /// <summary>As compact JSON in UTF-8.</summary>
    public byte[] ToBytes() => RunStateWriter.Write(this);

    internal static IEnumerable<WorkKey> FindInFlight(StepState step)
    {
        if (step.Compensation == StepStatus.Running)
        {
            yield return new WorkKey(step.Id, null, 1, true);
        }

        if (step.Status != StepStatus.Running)
        {
            yield break;
        }

        if (step.Items is null)
        {
            yield return new WorkKey(step.Id, null, step.Round, false);
            yield break;
        }

        for (var item = 0; item < step.Items.Count; item++)
        {
            if (step.Items[item] == StepStatus.Running)
            {
                yield return new WorkKey(step.Id, item, step.Round, false);
            }
        }
    }
}

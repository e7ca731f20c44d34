using Orchestrator.Core.Scheduling;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Runtime.Dispatching;

internal static class NextTurns
{
    /// <summary>When to take the next turn after one that went well.</summary>
    public static NextTurn After(TurnResult result, TurnRequest request)
    {
        if (result.Parked + result.Gated > 0)
        {
            // What stood behind those that left the ready set has not been looked at.
            return NextTurn.AtOnce;
        }

        if (result.Tasks.Count == 0)
        {
            return result.MoreReady ? NextTurn.Soon : NextTurn.OnSignal;
        }

        return result.MoreReady || FilledSomeBound(result, request) ? NextTurn.AtOnce : NextTurn.OnSignal;
    }

    /// <summary>Whether the turn took all that was offered, in sum, of a pace or of one action, so that there may be more.</summary>
    private static bool FilledSomeBound(TurnResult result, TurnRequest request)
    {
        if (result.Tasks.Count >= request.Slots)
        {
            return true;
        }

        var slow = 0;
        var longs = 0;
        foreach (var action in request.Actions)
        {
            var taken = result.Tasks.Count(task => task.Action == action.Action);
            slow += action.Pace == AttemptPace.Fast ? 0 : taken;
            longs += action.Pace == AttemptPace.LongRunning ? taken : 0;
            if (taken >= action.Free)
            {
                return true;
            }
        }

        return (slow > 0 && slow >= request.SlowSlots) || (longs > 0 && longs >= request.LongSlots);
    }
}

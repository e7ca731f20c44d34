using System.Collections.Concurrent;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Runtime.Tests.Fakes;

/// <summary>A ready set that hands out tasks within what a turn offers.</summary>
internal sealed class FakeTurnStore : ITurnStore
{
    private readonly Lock _lock = new();
    private readonly List<ClaimedTask> _ready = [];
    private int _turns;

    public ConcurrentQueue<TurnRequest> Requests { get; } = new();

    public int Turns => Volatile.Read(ref _turns);

    public Func<int, Task> BeforeTurn { get; set; } = static _ => Task.CompletedTask;

    public Func<int, bool> MoreReady { get; set; } = static _ => false;

    public void Add(params ClaimedTask[] tasks)
    {
        lock (_lock)
        {
            _ready.AddRange(tasks);
        }
    }

    public async Task<TurnResult> TakeAsync(TurnRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        var taken = Take(request);
        var turn = Interlocked.Increment(ref _turns);
        await BeforeTurn(turn);
        return new TurnResult(taken, MoreReady(turn));
    }

    private List<ClaimedTask> Take(TurnRequest request)
    {
        lock (_lock)
        {
            var taken = request.Actions
                .SelectMany(action => _ready.Where(task => task.Action == action.Action).Take(action.Free))
                .Take(request.Slots)
                .ToList();
            _ready.RemoveAll(taken.Contains);
            return taken;
        }
    }
}

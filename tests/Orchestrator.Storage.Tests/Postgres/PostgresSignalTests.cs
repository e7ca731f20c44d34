using System.Threading.Channels;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Postgres;

public sealed class PostgresSignalTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [PostgresFact]
    public async Task Send_Hint_ReachesEveryProcessTheSenderIncluded()
    {
        await using var test = await PostgresTestStore.CreateAsync();
        await using var own = await Listener.StartAsync(test.Store);
        await using var other = await Listener.StartAsync(test.OpenAnother());
        var longest = new string('x', Signals.ISignalTransport.MaxPayload);

        await test.Store.Signals.SendAsync(Signals.SignalChannel.Hints, "hint \u2603", CancellationToken.None);
        await test.Store.Signals.SendAsync(Signals.SignalChannel.Hints, longest, CancellationToken.None);

        Assert.True(test.Store.Signals.ReachesOthers);
        Assert.Equal(["hint \u2603", longest], await own.ReadAsync(2));
        Assert.Equal(["hint \u2603", longest], await other.ReadAsync(2));
    }

    [PostgresFact]
    public async Task Send_HintInAnotherSchema_DoesNotArrive()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var foreignSchema = await IsolatedSchema.CreateAsync();
        await using var own = Open(schema);
        await using var foreign = Open(foreignSchema);
        await using var listener = await Listener.StartAsync(own);

        await foreign.Signals.SendAsync(Signals.SignalChannel.Hints, "foreign", CancellationToken.None);
        await own.Signals.SendAsync(Signals.SignalChannel.Hints, "own", CancellationToken.None);

        Assert.Equal(["own"], await listener.ReadAsync(1));
    }

    [PostgresFact]
    public async Task Listen_ConnectionBreaks_EndsWithAnException()
    {
        await using var test = await PostgresTestStore.CreateAsync();
        var listener = await Listener.StartAsync(test.Store);

        await test.ExecuteSqlAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = current_database()");

        await Assert.ThrowsAnyAsync<Exception>(() => listener.Ended.WaitAsync(Limit));
        Assert.False(listener.Ended.IsCanceled);
    }

    private static IStore Open(IsolatedSchema schema) =>
        StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);

    private sealed class Listener : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Channel<string> _received = Channel.CreateUnbounded<string>();

        private Listener(IStore store) => Ended = store.Signals.ListenAsync(Signals.SignalChannel.Hints, static () => { }, payload => _received.Writer.TryWrite(payload), _stop.Token);

        public Task Ended { get; }

        /// <summary>Listens, and has heard itself once.</summary>
        public static async Task<Listener> StartAsync(IStore store)
        {
            var listener = new Listener(store);
            using var limit = new CancellationTokenSource(Limit);
            while (!listener._received.Reader.TryRead(out _))
            {
                await store.Signals.SendAsync(Signals.SignalChannel.Hints, "are you there", limit.Token);
                await Task.Delay(20, limit.Token);
            }

            return listener;
        }

        public async Task<IReadOnlyList<string>> ReadAsync(int count)
        {
            using var limit = new CancellationTokenSource(Limit);
            var payloads = new List<string>();
            while (payloads.Count < count)
            {
                var payload = await _received.Reader.ReadAsync(limit.Token);
                if (payload != "are you there")
                {
                    payloads.Add(payload);
                }
            }

            return payloads;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ended.WaitAsync(Limit));
            _stop.Dispose();
        }
    }
}

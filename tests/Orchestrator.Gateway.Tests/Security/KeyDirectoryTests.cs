using Microsoft.AspNetCore.Http;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Keys;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Security;

public sealed class KeyDirectoryTests
{
    private static readonly KeyText Ann = new("annannannannanna", "secret");
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Find_ThousandsOfInventedKeys_NeverRunsTwoQueries()
    {
        var store = new SlowKeys();
        var directory = new KeyDirectory(store, new ManualTimeProvider());

        var found = await Task.WhenAll(Enumerable.Range(0, 5_000).Select(number => Task.Run(async () =>
            await directory.FindAsync(new KeyText($"{number:x16}", "secret"), None))));

        Assert.All(found, Assert.Null);
        Assert.Equal(1, store.MostAtOnce);
        Assert.Equal(5_000, store.Asked);
        Assert.InRange(store.Queries, 1, 1_000);
    }

    [Fact]
    public async Task Find_KeyThatWasRead_IsReadAgainAfterASecond()
    {
        var (store, time) = (new SlowKeys { Ann }, new ManualTimeProvider());
        var directory = new KeyDirectory(store, time);

        Assert.NotNull(await directory.FindAsync(Ann, None));
        store.Clear();
        time.Advance(KeyDirectory.Freshness - TimeSpan.FromTicks(1));
        Assert.NotNull(await directory.FindAsync(Ann, None));
        Assert.Null(await directory.FindAsync(Ann with { Secret = "other" }, None));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await directory.FindAsync(Ann, None));
    }

    [Fact]
    public async Task Find_StoreThatFails_FailsThoseWhoWaitAndNotThoseAfter()
    {
        var store = new SlowKeys { Ann };
        var directory = new KeyDirectory(store, new ManualTimeProvider());
        store.Failure = new InvalidOperationException("away");

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await directory.FindAsync(Ann, None));
        store.Failure = null;

        Assert.NotNull(await directory.FindAsync(Ann, None));
    }

    [Fact]
    public async Task Refresh_KeyThatWasRevokedElsewhere_EndsItsRequests()
    {
        var store = new SlowKeys { Ann };
        var directory = new KeyDirectory(store, new ManualTimeProvider());
        var http = new DefaultHttpContext();
        http.Features.Set<Microsoft.AspNetCore.Http.Features.IHttpRequestLifetimeFeature>(new Lifetime());
        using var watched = directory.Watch((await directory.FindAsync(Ann, None))!, http);

        await directory.RefreshAsync(None);
        Assert.False(http.RequestAborted.IsCancellationRequested);
        store.Clear();
        await directory.RefreshAsync(None, spared: http);
        Assert.False(http.RequestAborted.IsCancellationRequested);
        await directory.RefreshAsync(None);

        Assert.True(http.RequestAborted.IsCancellationRequested);
    }

    private sealed class Lifetime : Microsoft.AspNetCore.Http.Features.IHttpRequestLifetimeFeature
    {
        private readonly CancellationTokenSource _aborted = new();

        public CancellationToken RequestAborted { get => _aborted.Token; set => throw new NotSupportedException(); }

        public void Abort() => _aborted.Cancel();
    }

    /// <summary>Some keys, and a count of who asks for them at the same time.</summary>
    private sealed class SlowKeys : IKeyStore, System.Collections.IEnumerable
    {
        private readonly Dictionary<string, KeyCredential> _keys = [];
        private int _atOnce;

        public int MostAtOnce { get; private set; }

        public int Queries { get; private set; }

        public int Asked { get; private set; }

        public Exception? Failure { get; set; }

        public void Add(KeyText key) => _keys[key.Id] = new KeyCredential(key.Id, key.Hash(), key.Id, "ann", new KeyScope([KeyVerb.Admin], null), null, false);

        public void Clear() => _keys.Clear();

        public async Task<IReadOnlyList<KeyCredential>> FindValidAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _atOnce));
            (Queries, Asked) = (Queries + 1, Asked + ids.Count);
            await Task.Yield();
            Interlocked.Decrement(ref _atOnce);
            return Failure is null ? [.. ids.Where(_keys.ContainsKey).Select(id => _keys[id])] : throw Failure;
        }

        public Task<bool> AnyAsync(CancellationToken cancellationToken) => Task.FromResult(true);

        public Task TouchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<KeyCreation> CreateAsync(KeyRecord key, ReadOnlyMemory<byte> hash, string? bootstrap, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> AddBootstrapAsync(string id, ReadOnlyMemory<byte> hash, TimeSpan life, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> OpenSessionAsync(string id, ReadOnlyMemory<byte> hash, string keyId, TimeSpan life, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> EndSessionAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<KeyRecord?> FindAsync(string idOrName, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<KeyRecord>> ListAsync(string? after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<KeyRecord?> RevokeAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public System.Collections.IEnumerator GetEnumerator() => _keys.GetEnumerator();
    }
}

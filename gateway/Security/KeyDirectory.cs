using System.Collections.Concurrent;
using Orchestrator.Core.Keys;
using Orchestrator.Storage.Keys;

namespace Orchestrator.Gateway.Security;

/// <summary>
/// The keys that are in use here, each at most a second old. However many requests come with however many keys, true or invented, at most
/// one query runs at a time, and it asks for all of them.
/// </summary>
internal sealed class KeyDirectory(IKeyStore store, TimeProvider timeProvider)
{
    /// <summary>How long a key that was revoked at another gateway is let in here.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _used = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<HttpContext, KeyCredential> _requests = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _gate = new();

    private HashSet<string> _asked = new(StringComparer.Ordinal);
    private Task<Answer>? _next;
    private Task _last = Task.CompletedTask;
    private volatile bool _hasKeys;
    private long _hasKeysReadAt = long.MinValue;

    /// <summary>What a key stands for; null when it is not valid.</summary>
    public async ValueTask<KeyCredential?> FindAsync(KeyText key, CancellationToken cancellationToken)
    {
        var found = _entries.TryGetValue(key.Id, out var entry) && IsFresh(entry.ReadAt)
            ? entry.Credential
            : (await AskAsync([key.Id]).WaitAsync(cancellationToken)).Credentials.GetValueOrDefault(key.Id);
        return found is not null && key.Matches(found.Hash.Span) ? found : null;
    }

    /// <summary>Whether there is any key. Once there is, there always will be: the last one is never forgotten.</summary>
    public async ValueTask<bool> HasKeysAsync(CancellationToken cancellationToken) =>
        _hasKeys || (!IsFresh(Interlocked.Read(ref _hasKeysReadAt)) && (await AskAsync([]).WaitAsync(cancellationToken)).HasKeys);

    /// <summary>Counts a request among those that end with their key.</summary>
    public Watched Watch(KeyCredential credential, HttpContext http)
    {
        _requests[http] = credential;
        return new Watched(this, http);
    }

    /// <summary>Reads the keys in use anew, and ends the requests of those that are not valid any more.</summary>
    /// <param name="spared">The request that is to be answered all the same.</param>
    public async Task RefreshAsync(CancellationToken cancellationToken, HttpContext? spared = null)
    {
        var ids = _requests.Values.Select(static credential => credential.Id).ToHashSet(StringComparer.Ordinal);
        if (ids.Count > 0)
        {
            var answer = await AskAsync(ids).WaitAsync(cancellationToken);
            foreach (var (http, credential) in _requests)
            {
                if (http != spared && ids.Contains(credential.Id) && !answer.Credentials.ContainsKey(credential.Id))
                {
                    http.Abort();
                }
            }
        }

        foreach (var (id, entry) in _entries)
        {
            if (!IsFresh(entry.ReadAt))
            {
                _entries.TryRemove(KeyValuePair.Create(id, entry));
            }
        }
    }

    /// <summary>Has the store note which keys were used since the last time.</summary>
    public async Task TouchAsync(CancellationToken cancellationToken)
    {
        var used = _used.Keys.ToList();
        if (used.Count > 0)
        {
            await store.TouchAsync(used, cancellationToken);
            used.ForEach(id => _used.TryRemove(id, out _));
        }
    }

    /// <summary>Forgets what was read: a key was made, revoked or signed out by a request, which is still to be answered.</summary>
    public async Task ForgetAsync(HttpContext http, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _hasKeysReadAt, long.MinValue);

        // What a query that is under way finds may be older than the change; after the next one there is none.
        await AskAsync([]).WaitAsync(cancellationToken);
        _entries.Clear();
        await RefreshAsync(cancellationToken, spared: http);
    }

    private bool IsFresh(long readAt) => readAt != long.MinValue && timeProvider.GetElapsedTime(readAt) < Freshness;

    private Task<Answer> AskAsync(IEnumerable<string> ids)
    {
        lock (_gate)
        {
            _asked.UnionWith(ids);
            if (_next is null)
            {
                _last = _next = ReadAsync(_last);
            }

            return _next;
        }
    }

    private async Task<Answer> ReadAsync(Task before)
    {
        // The caller holds the lock until this is known as what is next.
        await Task.Yield();
        await before.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        HashSet<string> ids;
        lock (_gate)
        {
            ids = _asked;
            _asked = new HashSet<string>(StringComparer.Ordinal);
            _next = null;
        }

        var readAt = timeProvider.GetTimestamp();
        var hasKeys = _hasKeys || await store.AnyAsync(CancellationToken.None);
        var found = ids.Count == 0 ? [] : await store.FindValidAsync(ids, CancellationToken.None);
        var credentials = found.ToDictionary(static credential => credential.Id, StringComparer.Ordinal);
        foreach (var id in ids)
        {
            _entries.TryRemove(id, out _);
        }

        foreach (var (id, credential) in credentials)
        {
            _entries[id] = new Entry(credential, readAt);
            _used[credential.KeyId] = true;
        }

        _hasKeys = hasKeys;
        Interlocked.Exchange(ref _hasKeysReadAt, readAt);
        return new Answer(credentials, hasKeys);
    }

    private sealed record Entry(KeyCredential Credential, long ReadAt);

    private sealed record Answer(IReadOnlyDictionary<string, KeyCredential> Credentials, bool HasKeys);

    /// <summary>A request among those that end with their key, until it is disposed.</summary>
    internal readonly struct Watched(KeyDirectory keys, HttpContext http) : IDisposable
    {
        public void Dispose() => keys._requests.TryRemove(http, out _);
    }
}

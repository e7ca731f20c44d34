using Orchestrator.Core.Keys;
using Orchestrator.Storage.Keys;
using Orchestrator.Storage.Retention;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class KeyConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [StoreFact]
    public async Task Create_Key_IsFoundWholeAndByBothItsNames()
    {
        var key = KeyOf("ann") with { ExpiresAt = Clock.Now + Hour, Scope = new KeyScope([KeyVerb.Read, KeyVerb.Work], ["acme", "zoo"]) };

        var created = Assert.IsType<KeyCreation.Created>(await CreateAsync(key)).Key;

        Assert.Equivalent(key with { CreatedAt = created.CreatedAt }, created, strict: true);
        Assert.Equivalent(created, await Store.Keys.FindAsync("ann", None), strict: true);
        Assert.Equivalent(created, await Store.Keys.FindAsync(IdOf("ann"), None), strict: true);
        Assert.Null(await Store.Keys.FindAsync("bob", None));
        var credential = Assert.Single(await FindAsync("ann"));
        Assert.Equal(("ann", IdOf("ann"), false, false), (credential.Name, credential.KeyId, credential.IsSession, credential.IsBootstrap));
        Assert.Equal(HashOf("ann"), credential.Hash.ToArray());
        Assert.Equivalent(key.Scope, credential.Scope, strict: true);
    }

    [StoreFact]
    public async Task Create_NameThatSomebodyHasOrHad_IsTaken()
    {
        await CreateAsync(KeyOf("ann"));
        await Store.Keys.RevokeAsync(IdOf("ann"), None);

        Assert.IsType<KeyCreation.NameTaken>(await CreateAsync(KeyOf("ann") with { Id = IdOf("other") }));
    }

    [StoreFact]
    public async Task List_Keys_AreThereByNameRevokedOnesToo()
    {
        foreach (var name in new[] { "bob", "ann", "cid" })
        {
            await CreateAsync(KeyOf(name));
        }

        await Store.Keys.RevokeAsync(IdOf("bob"), None);

        Assert.Equal(["ann", "bob"], (await Store.Keys.ListAsync(null, 2, None)).Select(key => key.Name));
        Assert.Equal(["cid"], (await Store.Keys.ListAsync("bob", 2, None)).Select(key => key.Name));
    }

    [StoreFact]
    public async Task FindValid_PastItsTimeOrRevoked_IsNotThere()
    {
        await CreateAsync(KeyOf("brief") with { ExpiresAt = Clock.Now + Hour });
        await CreateAsync(KeyOf("revoked"));
        await CreateAsync(KeyOf("good"));

        var revoked = await Store.Keys.RevokeAsync(IdOf("revoked"), None);
        Assert.NotNull(revoked!.RevokedAt);
        Assert.Null(await Store.Keys.RevokeAsync(IdOf("nobody"), None));
        Assert.Equal(["brief", "good"], (await FindAsync("brief", "revoked", "good", "nobody")).Select(found => found.Name).Order());

        await Clock.AdvanceAsync(Hour);
        Assert.Equal(["good"], (await FindAsync("brief", "revoked", "good")).Select(found => found.Name));
        var again = await Store.Keys.RevokeAsync(IdOf("revoked"), None);
        Assert.Equal(revoked.RevokedAt, again!.RevokedAt);
    }

    [StoreFact]
    public async Task Session_OfAKey_EndsWithItsTimeItsKeyOrByHand()
    {
        foreach (var name in new[] { "ann", "bob" })
        {
            await CreateAsync(KeyOf(name));
        }

        Assert.True(await OpenAsync("one", "ann"));
        Assert.True(await OpenAsync("two", "ann"));
        Assert.True(await OpenAsync("three", "bob"));
        var session = Assert.Single(await FindAsync("one"));
        Assert.Equal(("ann", IdOf("ann"), true), (session.Name, session.KeyId, session.IsSession));
        Assert.Equal(HashOf("one"), session.Hash.ToArray());

        Assert.True(await Store.Keys.EndSessionAsync(IdOf("one"), None));
        Assert.False(await Store.Keys.EndSessionAsync(IdOf("one"), None));
        Assert.Equal(2, (await FindAsync("one", "two", "three")).Count);
        await Store.Keys.RevokeAsync(IdOf("ann"), None);
        Assert.Equal(["bob"], (await FindAsync("one", "two", "three")).Select(found => found.Name));
        Assert.False(await OpenAsync("four", "ann"));
        await Clock.AdvanceAsync(Hour);
        Assert.Empty(await FindAsync("one", "two", "three", "four"));
    }

    [StoreFact]
    public async Task Bootstrap_CreatesOneKeyAndTakesAllTokensWithIt()
    {
        Assert.False(await Store.Keys.AnyAsync(None));
        Assert.True(await AddAsync("token"));
        Assert.True(await AddAsync("other"));
        Assert.False(await Store.Keys.AnyAsync(None));
        var token = Assert.Single(await FindAsync("token"));
        Assert.True(token.IsBootstrap);

        Assert.IsType<KeyCreation.Created>(await Store.Keys.CreateAsync(KeyOf("first"), HashOf("first"), IdOf("token"), None));
        Assert.IsType<KeyCreation.BootstrapUsed>(await Store.Keys.CreateAsync(KeyOf("second"), HashOf("second"), IdOf("token"), None));
        Assert.IsType<KeyCreation.BootstrapUsed>(await Store.Keys.CreateAsync(KeyOf("second"), HashOf("second"), IdOf("other"), None));

        Assert.Empty(await FindAsync("token", "other"));
        Assert.True(await Store.Keys.AnyAsync(None));
        Assert.False(await AddAsync("late"));
        Assert.Null(await Store.Keys.FindAsync("second", None));
    }

    [StoreFact]
    public async Task Bootstrap_NameThatIsTaken_IsStillThere()
    {
        await CreateAsync(KeyOf("ann"));
        await Store.Keys.RevokeAsync(IdOf("ann"), None);
        Assert.True(await AddAsync("token"));

        Assert.IsType<KeyCreation.NameTaken>(await Store.Keys.CreateAsync(KeyOf("ann") with { Id = IdOf("other") }, HashOf("other"), IdOf("token"), None));

        Assert.IsType<KeyCreation.Created>(await Store.Keys.CreateAsync(KeyOf("bob"), HashOf("bob"), IdOf("token"), None));
    }

    [StoreFact]
    public async Task Create_AsManyAsMayNameAWorkspace_LeavesRoomForOthers()
    {
        for (var number = 0; number < KeyLimits.MaxKeysPerWorkspace; number++)
        {
            Assert.IsType<KeyCreation.Created>(await CreateAsync(Of(number, "acme")));
        }

        Assert.IsType<KeyCreation.TooMany>(await CreateAsync(Of(998, "acme")));
        Assert.IsType<KeyCreation.Created>(await CreateAsync(Of(999, "zoo")));
        Assert.IsType<KeyCreation.Created>(await CreateAsync(KeyOf("root")));

        static KeyRecord Of(int number, string workspace) => KeyOf($"k{number}x") with { Scope = new KeyScope([KeyVerb.Read], [workspace]) };
    }

    [StoreFact]
    public async Task Bootstrap_ManyAtOnce_CreateOneKey()
    {
        await AddAsync("token");

        var made = await Task.WhenAll(Enumerable.Range(1, 8).Select(number =>
            Store.Keys.CreateAsync(KeyOf($"k{number}"), HashOf($"k{number}"), IdOf("token"), None)));

        Assert.Single(made, creation => creation is KeyCreation.Created);
        Assert.Single(await Store.Keys.ListAsync(null, 10, None));
    }

    [StoreFact]
    public async Task Bootstrap_PastItsTime_IsNotThere()
    {
        await AddAsync("token");

        await Clock.AdvanceAsync(Hour);

        Assert.Empty(await FindAsync("token"));
    }

    [StoreFact]
    public async Task Touch_Often_NotesItOnceAMinute()
    {
        await CreateAsync(KeyOf("ann"));
        await Store.Keys.TouchAsync([IdOf("ann")], None);
        var first = (await Store.Keys.FindAsync("ann", None))!.LastUsedAt;
        Assert.NotNull(first);

        await Clock.AdvanceAsync(TimeSpan.FromSeconds(59));
        await Store.Keys.TouchAsync([IdOf("ann")], None);
        Assert.Equal(first, (await Store.Keys.FindAsync("ann", None))!.LastUsedAt);

        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        await Store.Keys.TouchAsync([IdOf("ann")], None);
        Assert.Equal(first + TimeSpan.FromMinutes(1), (await Store.Keys.FindAsync("ann", None))!.LastUsedAt);
    }

    [StoreFact]
    public async Task Purge_RevokedLongAgo_AreGoneUnlessNoneIsLeft()
    {
        foreach (var name in new[] { "ann", "bob" })
        {
            await CreateAsync(KeyOf(name));
        }

        await OpenAsync("session", "bob");
        await Store.Keys.RevokeAsync(IdOf("ann"), None);
        await Clock.AdvanceAsync(TimeSpan.FromDays(91));
        await PurgeAsync();
        Assert.Equal(["bob"], (await Store.Keys.ListAsync(null, 10, None)).Select(key => key.Name));
        Assert.False(await Store.Keys.EndSessionAsync(IdOf("session"), None));

        await Store.Keys.RevokeAsync(IdOf("bob"), None);
        await Clock.AdvanceAsync(TimeSpan.FromDays(91));
        await PurgeAsync();
        Assert.True(await Store.Keys.AnyAsync(None));
    }

    private static string IdOf(string name) => name.PadRight(KeyText.IdLength, '0');

    private static byte[] HashOf(string name) => new KeyText(IdOf(name), name).Hash();

    private static KeyRecord KeyOf(string name) =>
        new() { Id = IdOf(name), Name = name, Scope = new KeyScope([KeyVerb.Admin], null), CreatedBy = "somebody" };

    private Task<KeyCreation> CreateAsync(KeyRecord key) => Store.Keys.CreateAsync(key, HashOf(key.Name), null, None);

    private Task<bool> OpenAsync(string session, string key) => Store.Keys.OpenSessionAsync(IdOf(session), HashOf(session), IdOf(key), Hour, None);

    private Task<bool> AddAsync(string token) => Store.Keys.AddBootstrapAsync(IdOf(token), HashOf(token), Hour, None);

    private Task<IReadOnlyList<KeyCredential>> FindAsync(params string[] names) => Store.Keys.FindValidAsync([.. names.Select(IdOf)], None);

    private Task<int> PurgeAsync()
    {
        var day = TimeSpan.FromDays(1);
        return Store.Retention.PurgeAsync(new RetentionPeriods(day, day, day, day), 10, None);
    }
}

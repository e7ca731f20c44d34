using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Cli.Tests;

/// <summary>A gateway of its own: from the first key on it lets in nobody without one.</summary>
public sealed class KeyTests
{
    [Fact]
    public async Task Keys_CreatedListedAndRevoked_LetInWhomTheyShould()
    {
        using var folder = new SqliteFolder();
        await using var gateway = await ServiceProcess.StartGatewayAsync(new Dictionary<string, string> { ["ORCHESTRATOR_DATA"] = folder.Path });
        Task<Orc.Result> RunAsync(string? key, params string[] arguments) =>
            Orc.RunAsync([.. arguments, "--url", gateway.Client.BaseAddress!.ToString(), .. key is null ? [] : new[] { "--key", key }]);

        var root = KeyOf(await RunAsync(null, "key", "create", "ann", "--verb", "admin", "-o", "json"));
        var refused = await RunAsync(null, "workspace", "list");
        var ci = KeyOf(await RunAsync(root, "key", "create", "ci", "--verb", "read", "--only", "default", "-o", "json"));
        var narrow = await RunAsync(ci, "workspace", "pause", "default");
        var listed = await RunAsync(root, "key", "list");
        var unsure = await RunAsync(root, "key", "revoke", "ci");
        var revoked = await RunAsync(root, "key", "revoke", "ci", "--yes");
        var late = await RunAsync(ci, "workspace", "list");
        var shown = await RunAsync(root, "key", "get", "ci");

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("Authorization: Bearer", refused.Errors, StringComparison.Ordinal);
        Assert.NotEqual(0, narrow.ExitCode);
        Assert.Contains("'control'", narrow.Errors, StringComparison.Ordinal);
        Assert.Matches("ann +admin +all(.|\\n)*ci +read +default", listed.Output);
        Assert.DoesNotContain(ci, listed.Output, StringComparison.Ordinal);
        Assert.Equal(3, unsure.ExitCode);
        Assert.True(revoked.ExitCode == 0, revoked.Errors);
        Assert.Contains("not valid", late.Errors, StringComparison.Ordinal);
        Assert.Contains("revokedAt", shown.Output, StringComparison.Ordinal);
    }

    private static string KeyOf(Orc.Result created)
    {
        Assert.True(created.ExitCode == 0, created.Errors);
        return created.Json.GetProperty("key").GetString()!;
    }
}

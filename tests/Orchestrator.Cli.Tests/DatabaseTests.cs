using Microsoft.Data.Sqlite;
using Orchestrator.Storage;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Cli.Tests;

public sealed class DatabaseTests
{
    [Fact]
    public async Task Db_OfAFolder_IsMadeAndSoundUntilARowIsBroken()
    {
        using var folder = new SqliteFolder();

        var nothing = await Orc.RunAsync("db", "status", "--data", folder.Path);
        var made = await Orc.RunAsync("db", "migrate", "--data", folder.Path, "-o", "json");
        var sound = await Orc.RunAsync("db", "verify", "--data", folder.Path, "-o", "json");
        await BreakAsync(folder);
        var broken = await Orc.RunAsync("db", "verify", "--data", folder.Path);

        Assert.Equal((4, ""), (nothing.ExitCode, nothing.Output));
        Assert.Equal((0, 0d), (made.ExitCode, made.Number("before")));
        Assert.Equal(made.Number("needed"), made.Number("version"));
        Assert.Equal((0, 0), (sound.ExitCode, sound.Json.GetProperty("violations").GetArrayLength()));
        Assert.InRange(sound.Number("checked"), 40, 400);
        Assert.Equal((6, "1 rows break 1 invariants."), (broken.ExitCode, broken.Errors.Trim()));
        Assert.Contains("limit_is_not_leaked", broken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Db_InUseByAnother_Is75()
    {
        using var folder = new SqliteFolder();
        await using var store = StoreFactory.Open(new StoreOptions { DataDirectory = folder.Path }, TimeProvider.System);
        await store.MigrateAsync(CancellationToken.None);

        var result = await Orc.RunAsync("db", "verify", "--data", folder.Path);

        Assert.Equal((75, ""), (result.ExitCode, result.Output));
        Assert.Contains("is in use by another process", result.Errors, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Db_OfPostgres_IsBehindThenMigratedAndSound()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        var environment = new Dictionary<string, string> { ["ConnectionStrings__Orchestrator"] = schema.ConnectionString };

        var before = await Orc.RunWithAsync(environment, "db", "status");
        var migrated = await Orc.RunWithAsync(environment, "db", "migrate");
        var sound = await Orc.RunWithAsync([], "db", "verify", "--connection", schema.ConnectionString);

        Assert.Equal(1, before.ExitCode);
        Assert.Matches("version +0", before.Output);
        Assert.True(migrated.ExitCode == 0, migrated.Errors);
        Assert.True(sound.ExitCode == 0, sound.Output + sound.Errors);
    }

    [Fact]
    public async Task Db_NobodyAnswers_Is69()
    {
        var result = await Orc.RunAsync("db", "status", "--connection", "Host=127.0.0.1;Port=9;Username=nobody;Database=none");

        Assert.Equal((69, ""), (result.ExitCode, result.Output));
        Assert.Single(result.ErrorLines);
    }

    private static async Task BreakAsync(SqliteFolder folder)
    {
        await using var connection = new SqliteConnection($"Data Source={folder.File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "update workspaces set at_limit = true where id = 'default'";
        await command.ExecuteNonQueryAsync();
    }
}
